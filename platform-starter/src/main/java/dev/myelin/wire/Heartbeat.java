package dev.myelin.wire;

import java.util.List;

/// Sent by every process once a second.
///
/// @param id who
/// @param sequence 1, 2, 3 … since the process started
/// @param served load of each hosted service
/// @param made calls that left the process
/// @param suspected instances that have not answered the process lately, at most [#MOST_SUSPECTED]
///   of them: evidence that they had better be asked
public record Heartbeat(
    InstanceId id,
    long sequence,
    List<ServiceLoad> served,
    CallTotals made,
    List<InstanceId> suspected) {

  /// No heartbeat names more instances than this: one whose own network is broken would name all.
  public static final int MOST_SUSPECTED = 16;

  /// Copies the lists; leaves out whom there is no room for.
  public Heartbeat {
    served = List.copyOf(served);
    // a sender that gives no evidence leaves it out
    suspected =
        suspected == null
            ? List.of()
            : List.copyOf(suspected.subList(0, Math.min(suspected.size(), MOST_SUSPECTED)));
  }

  /// A heartbeat that accuses nobody.
  ///
  /// @param id who
  /// @param sequence 1, 2, 3 … since the process started
  /// @param served load of each hosted service
  /// @param made calls that left the process
  public Heartbeat(InstanceId id, long sequence, List<ServiceLoad> served, CallTotals made) {
    this(id, sequence, served, made, List.of());
  }
}
