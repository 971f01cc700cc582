package dev.myelin.wire;

import dev.myelin.Microservice;
import dev.myelin.Operation;
import java.util.Set;
import java.util.concurrent.Flow;

/// Owns the membership and pushes it to whoever calls services.
// each subscription is a call that goes on, and counts as one in flight
@Microservice(value = ServiceNames.PUBSUB, concurrency = 50_000)
public interface PubSub {

  /// Streams the membership of the subscribed services: one snapshot (or, where `resumeFrom` is
  /// still retained, one delta of what happened since, if only to confirm that it was nothing),
  /// then a delta for each change, until the subscriber cancels or the connection ends. Changes
  /// that a slow subscriber has not asked for yet are sent together, as one delta or as a new
  /// snapshot.
  ///
  /// A second subscription of the same subscriber ends its first.
  ///
  /// @param subscription what is wanted
  Flow.Publisher<MembershipUpdate> subscribe(MembershipSubscription subscription);

  /// Says that a subscriber acts on everything up to a version.
  ///
  /// @param subscriber id given in the subscription
  /// @param version version of the last update applied
  @Operation(idempotent = true, timeout = "5s")
  void acknowledge(InstanceId subscriber, long version);

  /// Adds an instance, or replaces the properties of a known one without touching its state.
  ///
  /// @param instance the caller itself, ready for calls
  /// @return version of the membership that has it
  @Operation(idempotent = true, timeout = "5s")
  long register(Instance instance);

  /// Changes an instance's state. An unknown instance is ignored: it has left in the meantime.
  ///
  /// @param announcement the change
  /// @return version of the membership that has the change
  @Operation(idempotent = true, timeout = "5s")
  long announce(Announcement announcement);

  /// Names the one instance of a service that callers take whose strategy is `orchestrated`,
  /// instead of the one named before. Without effect where it is unknown or does not host the
  /// service: it has left in the meantime.
  ///
  /// @param id which instance
  /// @param service name of the service
  /// @param epoch epoch of the orchestrator's lease; one older than the newest seen is refused
  /// @return version of the membership that has the change
  @Operation(idempotent = true, timeout = "5s")
  long name(InstanceId id, String service, long epoch);

  /// Removes an instance; without effect where it is unknown.
  ///
  /// @param id which instance
  /// @param reason why, for people
  /// @return version of the membership without it
  @Operation(idempotent = true, timeout = "5s")
  long deregister(InstanceId id, String reason);

  /// Tells who has not yet acknowledged a version, of the subscribers of all pubsubs. Somebody who
  /// lost the connection a moment ago counts until it has found another pubsub; so does a pubsub
  /// that does not answer, for its subscribers.
  ///
  /// @param version a version returned by another operation
  @Operation(idempotent = true, timeout = "5s")
  Acknowledgement acknowledgement(long version);

  /// Makes a change, if this is the pubsub that writes the membership; asked by other pubsubs.
  ///
  /// @param change what is asked for
  /// @return version of the membership that has the change
  /// @throws dev.myelin.CallException that it did not run, if another pubsub writes the membership
  @Operation(idempotent = true, timeout = "5s")
  default long write(MembershipChange change) {
    return switch (change) {
      case MembershipChange.Register(var instance) -> register(instance);
      case MembershipChange.Announce(var announcement) -> announce(announcement);
      case MembershipChange.Name(var id, var service, var epoch) -> name(id, service, epoch);
      case MembershipChange.Deregister(var id, var reason) -> deregister(id, reason);
    };
  }

  /// Tells of the subscribers of this pubsub alone; asked by other pubsubs.
  ///
  /// @param version a version returned by another operation
  @Operation(idempotent = true, timeout = "2s")
  default SubscriberReport report(long version) {
    return new SubscriberReport(acknowledgement(version).pending(), Set.of());
  }

  /// Tells which of some subscribers are connected to this pubsub; asked by other pubsubs.
  ///
  /// @param subscribers their ids
  @Operation(idempotent = true, timeout = "2s")
  default Set<InstanceId> connected(Set<InstanceId> subscribers) {
    return Set.of();
  }
}
