package dev.myelin.benchmarks.load;

import dev.myelin.benchmarks.basket.Order;
import dev.myelin.benchmarks.basket.Orders;
import dev.myelin.benchmarks.basket.Quote;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// What one caller orders next, and what it has come to.
///
/// Not thread-safe: used by one call after the other, each of which happens before the next, and
/// read at the end.
final class Tally {
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int DIGITS = 3;

  private final Orders orders;
  private final @Nullable Histogram nanos;
  private int position;
  private long calls;
  private long begun;

  /// @param first the position of the first order, so that callers do not all order the same
  /// @param timed whether to measure each call
  Tally(Orders orders, int first, boolean timed) {
    this.orders = orders;
    this.position = first;
    this.nanos = timed ? new Histogram(LONGEST_NANOS, DIGITS) : null;
  }

  Order next() {
    var order = orders.at(position++);
    if (nanos != null) {
      begun = System.nanoTime();
    }
    return order;
  }

  /// Counts the reply to the order that [#next] gave last.
  void settle(Order order, Quote reply) {
    if (nanos != null) {
      nanos.recordValue(Math.min(System.nanoTime() - begun, LONGEST_NANOS));
    }
    order.verify(reply);
    calls++;
  }

  long calls() {
    return calls;
  }

  @Nullable Latency latency() {
    return nanos == null
        ? null
        : new Latency(
            nanos.getValueAtPercentile(50) / 1_000.0, nanos.getValueAtPercentile(99) / 1_000.0);
  }
}
