package dev.myelin.client;

import dev.myelin.wire.CallTotals;
import java.util.concurrent.atomic.LongAdder;

/// Counts the calls of the application that leave this process; those of the platform itself are
/// not counted. Thread-safe.
public final class CallCounters {

  private final LongAdder made = new LongAdder();
  private final LongAdder retried = new LongAdder();
  private final LongAdder failed = new LongAdder();

  void ended(boolean success) {
    made.increment();
    if (!success) {
      failed.increment();
    }
  }

  void retried() {
    retried.increment();
  }

  /// The counts so far.
  public CallTotals totals() {
    return new CallTotals(made.sum(), retried.sum(), failed.sum());
  }
}
