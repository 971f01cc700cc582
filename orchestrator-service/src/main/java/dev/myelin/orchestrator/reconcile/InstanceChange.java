package dev.myelin.orchestrator.reconcile;

import dev.myelin.wire.InstanceId;
import java.time.Duration;

/// A change of an instance's state, as people are told of it.
///
/// @param id which instance
/// @param service what it hosts; [dev.myelin.wire.ServiceNames#FRONT] for a front
/// @param pid its process id; 0 if it never had a process
/// @param state the new state
/// @param after time spent in the state before; zero if there was none
/// @param reason why; empty where that goes without saying
public record InstanceChange(
    InstanceId id, String service, long pid, State state, Duration after, String reason) {

  /// What people are told.
  public enum State {
    /// Its process was started.
    STARTING,
    /// It takes calls.
    SERVING,
    /// It gets no new calls while others serve.
    QUARANTINED,
    /// It is leaving.
    DRAINING,
    /// Its process has ended.
    ENDED
  }
}
