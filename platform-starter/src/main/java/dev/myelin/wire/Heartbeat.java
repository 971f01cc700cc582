package dev.myelin.wire;

import java.util.List;

/// Sent by every process once a second.
///
/// @param id who
/// @param sequence 1, 2, 3 … since the process started
/// @param served load of each hosted service
/// @param made calls that left the process
public record Heartbeat(InstanceId id, long sequence, List<ServiceLoad> served, CallTotals made) {

  /// Copies the loads.
  public Heartbeat {
    served = List.copyOf(served);
  }
}
