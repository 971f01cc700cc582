package dev.myelin.orchestrator.deploy;

import dev.myelin.wire.InstanceId;
import java.util.concurrent.CompletionStage;

/// A process that was started, now or by an earlier orchestrator.
///
/// @param id identity of the instance it is
/// @param process which process
/// @param exit completes when it has ended, from an arbitrary thread; never exceptionally
public record Spawned(InstanceId id, ProcessKey process, CompletionStage<Exit> exit) {}
