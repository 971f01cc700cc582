package dev.myelin.client;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/// Limits how many of a service's calls this process repeats. Thread-safe.
///
/// A token bucket: every call earns a fraction of a retry, and every retry costs one. So when
/// everything fails, a service sees its load grow by that fraction and not by the number of
/// attempts (the retry budget of Finagle's `RetryBudget` and of "Site Reliability Engineering",
/// 2016, chapter 21). A caller of few calls may repeat a few a second all the same. Calls only
/// increment a counter; the rest is worked out when a retry is asked for.
final class RetryBudget {

  private static final double NANOS_A_SECOND = Duration.ofSeconds(1).toNanos();
  private static final double AT_FIRST = 10;

  private final BudgetSettings settings;
  private final LongSupplier nanos;
  private final LongAdder calls = new LongAdder();

  @GuardedBy("this")
  private long counted;

  @GuardedBy("this")
  private long lookedAt;

  @GuardedBy("this")
  private double balance;

  RetryBudget(BudgetSettings settings, LongSupplier nanos) {
    this.settings = settings;
    this.nanos = nanos;
    this.lookedAt = nanos.getAsLong();
    this.balance = Math.min(AT_FIRST, settings.reserve());
  }

  /// A call begins.
  void called() {
    calls.increment();
  }

  /// Takes a retry out.
  ///
  /// @return whether there was one
  synchronized boolean withdraw() {
    earn();
    if (balance < 1) {
      return false;
    }
    balance--;
    return true;
  }

  /// Whole retries that are there now.
  synchronized int left() {
    earn();
    return (int) balance;
  }

  @GuardedBy("this")
  private void earn() {
    long made = calls.sum();
    long now = nanos.getAsLong();
    double byCalls = (made - counted) * settings.ratio();
    double byTime = (now - lookedAt) / NANOS_A_SECOND * settings.floor();
    counted = made;
    lookedAt = now;
    balance = Math.min(settings.reserve(), balance + Math.max(byCalls, byTime));
  }
}
