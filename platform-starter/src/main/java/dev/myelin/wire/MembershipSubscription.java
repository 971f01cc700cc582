package dev.myelin.wire;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a subscriber wants to be told.
///
/// @param subscriber who asks; its acknowledgements carry the same id
/// @param services services whose members it wants; `*` = all
/// @param resumeFrom the last update it applied, if it had a subscription before
public record MembershipSubscription(
    InstanceId subscriber, Set<String> services, @Nullable Position resumeFrom) {

  /// Copies the names.
  public MembershipSubscription {
    services = Set.copyOf(services);
  }

  /// Whether members of that service are wanted.
  ///
  /// @param service name of a service
  public boolean wants(String service) {
    return services.contains("*") || services.contains(service);
  }

  /// A place in one membership log.
  ///
  /// @param generation which log; another one after its history was lost
  /// @param version number of the last change
  public record Position(String generation, long version) {}
}
