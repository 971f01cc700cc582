package dev.myelin.orchestrator.deploy;

import dev.myelin.wire.InstanceId;
import java.util.concurrent.CompletionStage;

/// A process that was started, now or by an earlier orchestrator.
///
/// @param id identity of the instance it is
/// @param process which process
/// @param exit completes when it has ended, from an arbitrary thread; never exceptionally
/// @param child whether it is this JVM's own child: then its exit is certain to complete, with the
///   exit code, and until then the process counts as running even where the system shows its end a
///   moment earlier
public record Spawned(
    InstanceId id, ProcessKey process, CompletionStage<Exit> exit, boolean child) {

  /// A process whose end may have to be looked for.
  ///
  /// @param id identity of the instance it is
  /// @param process which process
  /// @param exit completes when it has ended, if that is told
  public Spawned(InstanceId id, ProcessKey process, CompletionStage<Exit> exit) {
    this(id, process, exit, false);
  }
}
