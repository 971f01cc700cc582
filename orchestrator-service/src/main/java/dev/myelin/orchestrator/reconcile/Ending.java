package dev.myelin.orchestrator.reconcile;

import dev.myelin.orchestrator.state.RequestedStop;
import dev.myelin.wire.InstanceId;

/// How a reconciler comes to its end.
///
/// @param self identity of this process
/// @param kind what the end of this process means to the cluster
/// @param request where the end of everything is asked for, by and from other core processes
/// @param afterwards ends this process: called, on the loop's thread, when everything has ended
///   because somebody else asked for it; must not block
public record Ending(InstanceId self, Kind kind, RequestedStop request, Runnable afterwards) {

  /// What the end of a process means.
  public enum Kind {
    /// Everything that was started ends with it.
    WHOLE_CLUSTER,
    /// Another orchestrator acts from then on.
    HAND_OVER
  }
}
