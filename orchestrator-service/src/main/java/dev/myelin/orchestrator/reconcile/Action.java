package dev.myelin.orchestrator.reconcile;

import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import org.jspecify.annotations.Nullable;

/// One step from what is observed towards what is desired.
public sealed interface Action {

  /// Start a process.
  ///
  /// @param service what it hosts
  record Spawn(String service) implements Action {}

  /// Take responsibility for a member that was not spawned here.
  ///
  /// @param stranger what it registered as
  record Adopt(Instance stranger) implements Action {}

  /// Note that an instance serves.
  ///
  /// @param id which instance
  record MarkServing(InstanceId id) implements Action {}

  /// Note that an instance's process has ended.
  ///
  /// @param id which instance
  /// @param how how it ended
  /// @param listed whether it is a member
  record MarkEnded(InstanceId id, String how, boolean listed) implements Action {}

  /// Ask an adopted instance whether it is well.
  ///
  /// @param id which instance
  /// @param endpoint where it takes calls
  record Check(InstanceId id, Endpoint endpoint) implements Action {}

  /// Announce that an instance leaves.
  ///
  /// @param id which instance
  /// @param reason why
  record Announce(InstanceId id, String reason) implements Action {}

  /// Name the one instance of a service that callers take whose strategy is `orchestrated`.
  ///
  /// @param id which instance
  record Name(InstanceId id) implements Action {}

  /// Ask whether all clients know.
  ///
  /// @param id which instance
  /// @param version version of the membership that says that it leaves
  record AskAcknowledgement(InstanceId id, long version) implements Action {}

  /// Let an instance finish its calls and end.
  ///
  /// @param id which instance
  /// @param endpoint where it takes calls; asked to end by a signal if there is none
  /// @param until the ticker's reading at which its calls have been given enough time
  /// @param reason why it leaves
  record Drain(InstanceId id, @Nullable Endpoint endpoint, long until, String reason)
      implements Action {}

  /// End an instance at once.
  ///
  /// @param id which instance
  /// @param reason why
  record Kill(InstanceId id, String reason) implements Action {}

  /// Remove an instance that has ended from membership and from the records.
  ///
  /// @param id which instance
  /// @param how how it ended
  record Bury(InstanceId id, String how) implements Action {}
}
