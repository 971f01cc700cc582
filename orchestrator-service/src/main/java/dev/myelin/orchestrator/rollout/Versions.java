package dev.myelin.orchestrator.rollout;

import java.util.Map;
import java.util.Set;

/// What each service of the application is to run now. Immutable.
///
/// @param wanted name of the version, by service; the front's too
/// @param jars jar of each version, by its name
/// @param removed services that the wanted version has no more: they stay until nobody is left who
///   could call them
/// @param order which processes are replaced first
public record Versions(
    Map<String, String> wanted, Map<String, String> jars, Set<String> removed, Order order) {

  /// Nothing has a version.
  public static final Versions NONE =
      new Versions(Map.of(), Map.of(), Set.of(), Order.SERVICES_FIRST);

  /// Which processes are replaced first.
  public enum Order {
    /// Services, then the front: what it calls is there before it.
    SERVICES_FIRST,
    /// The front, then services: what it calls is there until it has gone.
    FRONT_FIRST
  }

  /// Copies the collections.
  public Versions {
    wanted = Map.copyOf(wanted);
    jars = Map.copyOf(jars);
    removed = Set.copyOf(removed);
  }

  /// The version that a service is to run; empty if it has none.
  ///
  /// @param service its name
  public String of(String service) {
    return wanted.getOrDefault(service, "");
  }

  /// Whether an instance is to be replaced.
  ///
  /// @param service what it hosts
  /// @param version what it is of; empty if that is not known
  public boolean outdated(String service, String version) {
    var target = of(service);
    return !target.isEmpty() && !version.isEmpty() && !target.equals(version);
  }
}
