package dev.myelin.object;

import dev.myelin.object.ObjectDocument.Turn;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Tells when somebody else's turn need not be respected any more: once it was seen unchanged for
/// the length of its lease, measured here, so that clocks of different machines need not agree. One
/// for each call; not thread-safe.
final class TurnWatch {

  private static final long NANOS_A_MILLI = 1_000_000;

  private final LongSupplier ticker;
  private @Nullable Turn seen;
  private long since;

  TurnWatch(LongSupplier ticker) {
    this.ticker = ticker;
  }

  /// Whether a turn has to be respected.
  ///
  /// @param turn what was read just now; null if there is none
  boolean respects(@Nullable Turn turn) {
    if (turn == null) {
      return false;
    }
    long now = ticker.getAsLong();
    if (!turn.equals(seen)) {
      seen = turn;
      since = now;
    }
    return now - since < turn.leaseMillis() * NANOS_A_MILLI;
  }
}
