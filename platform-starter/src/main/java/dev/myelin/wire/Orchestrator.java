package dev.myelin.wire;

import dev.myelin.Microservice;
import dev.myelin.Operation;

/// Keeps desired and observed instances equal.
@Microservice(ServiceNames.ORCHESTRATOR)
public interface Orchestrator {

  /// The cluster as it is now.
  @Operation(idempotent = true, timeout = "5s")
  ClusterView cluster();

  /// Flags an instance to die: it is killed and replaced. Without effect where it is not the
  /// orchestrator's to kill, or gone.
  ///
  /// @param id which instance
  /// @param reason why, for people
  @Operation(idempotent = true, timeout = "5s")
  void flag(InstanceId id, String reason);
}
