package dev.myelin.wire;

import java.util.List;

/// What pubsub pushes to a subscriber: one snapshot, then deltas in order of their versions.
public sealed interface MembershipUpdate {

  /// Version of the membership after the update.
  long version();

  /// Everything the subscriber asked for; replaces whatever it had.
  ///
  /// @param generation which log the versions belong to
  /// @param version version of the membership
  /// @param members all members of the subscribed services
  record Snapshot(String generation, long version, List<Member> members)
      implements MembershipUpdate {

    /// Copies the members.
    public Snapshot {
      members = List.copyOf(members);
    }
  }

  /// What changed since the update before.
  ///
  /// @param version version after the changes
  /// @param changes in the order they happened
  /// @param hash [MembershipHash] of the subscriber's members after the changes; where it differs
  ///   from the subscriber's own, something was lost and it subscribes anew
  record Delta(long version, List<Change> changes, long hash) implements MembershipUpdate {

    /// Copies the changes.
    public Delta {
      changes = List.copyOf(changes);
    }
  }

  /// One change of the membership.
  sealed interface Change {

    /// Which instance changed.
    InstanceId id();

    /// An instance registered, or registered anew with other properties.
    ///
    /// @param member the instance and its state
    record Joined(Member member) implements Change {

      @Override
      public InstanceId id() {
        return member.instance().id();
      }
    }

    /// An instance's state changed.
    ///
    /// @param id which instance
    /// @param state the new state
    record StateChanged(InstanceId id, InstanceState state) implements Change {}

    /// An instance is gone.
    ///
    /// @param id which instance
    record Left(InstanceId id) implements Change {}
  }
}
