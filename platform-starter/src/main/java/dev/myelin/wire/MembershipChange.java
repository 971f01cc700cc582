package dev.myelin.wire;

/// One thing that a caller asks pubsub to change, as one pubsub passes it on to the one that writes
/// the membership.
public sealed interface MembershipChange {

  /// As of [PubSub#register].
  ///
  /// @param instance the instance
  record Register(Instance instance) implements MembershipChange {}

  /// As of [PubSub#announce].
  ///
  /// @param announcement what is said of an instance
  record Announce(Announcement announcement) implements MembershipChange {}

  /// As of [PubSub#name].
  ///
  /// @param id which instance
  /// @param service name of the service
  /// @param epoch epoch of the orchestrator's lease
  record Name(InstanceId id, String service, long epoch) implements MembershipChange {}

  /// As of [PubSub#deregister].
  ///
  /// @param id which instance
  /// @param reason why, for people
  record Deregister(InstanceId id, String reason) implements MembershipChange {}
}
