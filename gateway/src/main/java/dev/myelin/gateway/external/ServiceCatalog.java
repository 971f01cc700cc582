package dev.myelin.gateway.external;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.membership.Resolver;
import dev.myelin.membership.Snapshot;
import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.ApplicationDescription.Service;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.ServiceNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/// The external services of the application and their operations.
///
/// A front says which services there are: every process of an application describes the whole of
/// it. Only for those is the membership asked, so that a client cannot make the gateway subscribe
/// to names of its own invention. Where a service's instances run another build than the front, as
/// in the middle of an update, the operations are those of the build that most of them run.
///
/// Thread-safe. Asks a process once a build and otherwise answers from memory.
public final class ServiceCatalog {

  private final Resolver resolver;
  private final BuildDescriptions descriptions;
  private final Duration limit;
  private final LongSupplier ticker;

  /// Creates one that knows nothing yet.
  ///
  /// @param resolver finds the processes to ask
  /// @param instances asks them
  /// @param limit how long to wait for the first front
  /// @param ticker interval clock, in nanoseconds
  public ServiceCatalog(
      Resolver resolver, InstanceDescriptions instances, Duration limit, LongSupplier ticker) {
    this.resolver = resolver;
    this.descriptions = new BuildDescriptions(instances);
    this.limit = limit;
    this.ticker = ticker;
  }

  /// Finds an external service. Waits, within the limit, while no process has yet said what there
  /// is.
  ///
  /// @param name name of the service
  /// @return empty if the application has no external service of that name
  /// @throws CallException if no process says what there is
  public Optional<Service> find(String name) {
    var fronts = awaitDescription();
    if (known(name).isEmpty()) {
      return Optional.empty();
    }
    var members = running(resolver.snapshot(name));
    descriptions.learn(members);
    var everybody = new ArrayList<>(fronts);
    everybody.addAll(members);
    descriptions.retain(everybody);
    return mostRun(members)
        .flatMap(descriptions::known)
        .flatMap(description -> external(description, name))
        .or(() -> known(name));
  }

  /// Finds an external service among what is in memory. Never blocks.
  ///
  /// @param name name of the service
  public Optional<Service> known(String name) {
    return descriptions.known().stream()
        .flatMap(description -> external(description, name).stream())
        .findFirst();
  }

  /// The application with its external services, each as [#find] finds it, in order of their names.
  /// Waits, within the limit, while no process has yet said what there is.
  ///
  /// @throws CallException if no process says what there is
  public ApplicationDescription external() {
    var _ = awaitDescription();
    var described = descriptions.known().stream().findFirst().orElseThrow();
    var services =
        descriptions.known().stream()
            .flatMap(description -> description.services().stream())
            .filter(service -> service.attributes().external())
            .map(Service::name)
            .sorted()
            .distinct()
            .flatMap(name -> find(name).stream())
            .toList();
    return new ApplicationDescription(described.application(), described.build(), services);
  }

  private List<Member> awaitDescription() {
    var start = ticker.getAsLong();
    var snapshot = resolver.snapshot(ServiceNames.FRONT);
    while (true) {
      var fronts = running(snapshot);
      var failure = descriptions.learn(fronts);
      if (!descriptions.known().isEmpty()) {
        return fronts;
      }
      var left = limit.minusNanos(ticker.getAsLong() - start);
      var next = left.isPositive() ? awaitChange(snapshot, left) : snapshot;
      if (next.equals(snapshot)) {
        throw unknown(fronts.size(), failure);
      }
      snapshot = next;
    }
  }

  private Snapshot awaitChange(Snapshot snapshot, Duration left) {
    try {
      return resolver.awaitChange(ServiceNames.FRONT, snapshot, left);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CallException(
          Status.CANCELLED,
          Execution.DID_NOT_RUN,
          "Interrupted while waiting for a front to say which services there are.",
          e);
    }
  }

  private CallException unknown(int fronts, Optional<CallException> failure) {
    return new CallException(
        Status.UNAVAILABLE,
        Execution.DID_NOT_RUN,
        "No front said within %s which services there are: %d of them running%s."
            .formatted(
                limit, fronts, failure.map(e -> ", last failure: " + e.getMessage()).orElse("")),
        failure.orElse(null));
  }

  private static List<Member> running(Snapshot snapshot) {
    return snapshot.members().stream()
        .filter(member -> member.state() == InstanceState.SERVING)
        .toList();
  }

  private static Optional<String> mostRun(List<Member> members) {
    var counts = new TreeMap<String, Integer>();
    members.forEach(member -> counts.merge(BuildDescriptions.build(member), 1, Integer::sum));
    return counts.entrySet().stream()
        .max(Comparator.comparingInt(Map.Entry::getValue))
        .map(Map.Entry::getKey);
  }

  private static Optional<Service> external(ApplicationDescription description, String name) {
    return Stream.of(description)
        .flatMap(each -> each.services().stream())
        .filter(service -> service.name().equals(name) && service.attributes().external())
        .findFirst();
  }
}
