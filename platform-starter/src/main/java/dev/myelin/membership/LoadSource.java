package dev.myelin.membership;

import dev.myelin.wire.CallTotals;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.ServiceLoad;
import java.util.List;

/// Where heartbeats get their figures: the server's and the client's counters. Thread-safe; must
/// not block.
public interface LoadSource {

  /// Load of each hosted service; mean latencies are those since the last call of this method.
  List<ServiceLoad> served();

  /// Calls that left this process.
  CallTotals made();

  /// Instances that have not answered this process lately, at most
  /// [dev.myelin.wire.Heartbeat#MOST_SUSPECTED] of them.
  default List<InstanceId> suspected() {
    return List.of();
  }
}
