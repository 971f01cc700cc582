package dev.myelin.wire;

import dev.myelin.Microservice;
import dev.myelin.Operation;

/// Keeps desired and observed instances equal.
@Microservice(ServiceNames.ORCHESTRATOR)
public interface Orchestrator {

  /// The cluster as it is now.
  @Operation(idempotent = true, timeout = "5s")
  ClusterView cluster();

  /// Flags an instance to die: it is killed and replaced. Refused where it is not the
  /// orchestrator's to kill or gone, where too few stethoscopes voted for it, while too many are
  /// suspect, and beyond the number that may be killed in a minute.
  ///
  /// @param flag which instance, and who wants it dead
  /// @return whether it is going to be killed; one that was refused has to be flagged again
  @Operation(idempotent = true, timeout = "5s")
  Flag.Answer flag(Flag flag);
}
