package dev.myelin.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Finds how many calls may run at a time before they only make each other slower. Thread-safe.
///
/// The gradient controller of Envoy's adaptive concurrency filter, with means in place of
/// percentiles:
/// - The least time a call takes is measured at first and once a minute, while only a few may run
///   side by side: until fifty have ended, or five and a second has passed.
/// - In between, at the end of each window of 100 ms, the limit is multiplied by the gradient: that
///   least time, a quarter more allowed, over the mean of the window, from ½ to 2. The square root
///   of the limit is added as headroom, so that it can grow at all.
///
/// So the limit settles where calls take about as long as they have to. It stays between three and
/// the concurrency, and does not grow while less than half of it is used.
final class AdaptiveLimit {

  private static final int LEAST = 3;
  private static final int ENOUGH = 50;
  private static final int TOO_FEW = 5;
  private static final double ALLOWANCE = 1.25;
  private static final long WINDOW = Duration.ofMillis(100).toNanos();
  private static final long LONGEST_MEASUREMENT = Duration.ofSeconds(1).toNanos();
  private static final long VALID = Duration.ofMinutes(1).toNanos();

  private final int most;
  private final LongSupplier nanos;

  private volatile int limit;

  @GuardedBy("this")
  private boolean measuring = true;

  @GuardedBy("this")
  private int resumeAt;

  @GuardedBy("this")
  private double least;

  @GuardedBy("this")
  private long measuredAt;

  @GuardedBy("this")
  private long since;

  @GuardedBy("this")
  private int samples;

  @GuardedBy("this")
  private long sum;

  @GuardedBy("this")
  private int mostInFlight;

  AdaptiveLimit(int most, LongSupplier nanos) {
    this.most = most;
    this.nanos = nanos;
    this.limit = Math.min(LEAST, most);
    this.resumeAt = limit;
    this.since = nanos.getAsLong();
  }

  /// Calls that may run at a time.
  int limit() {
    return limit;
  }

  /// Takes note of how long a call ran.
  ///
  /// @param tookNanos its time with a permit
  /// @param inFlight calls that ran or waited beside it
  /// @return by how much the limit has changed
  synchronized int sample(long tookNanos, int inFlight) {
    int before = limit;
    long now = nanos.getAsLong();
    if (measuring && tookNanos > now - since) {
      // it began when more ran beside it
      return 0;
    }
    samples++;
    sum += tookNanos;
    mostInFlight = Math.max(mostInFlight, inFlight);
    if (measuring) {
      measure(now);
    } else if (now - since >= WINDOW) {
      adjust(now);
    }
    return limit - before;
  }

  @GuardedBy("this")
  private void measure(long now) {
    if (samples >= ENOUGH || (samples >= TOO_FEW && now - since >= LONGEST_MEASUREMENT)) {
      least = (double) sum / samples;
      measuredAt = now;
      measuring = false;
      limit = resumeAt;
      next(now);
    }
  }

  @GuardedBy("this")
  private void adjust(long now) {
    double gradient = Math.clamp(least * ALLOWANCE * samples / Math.max(1, sum), 0.5, 2);
    double found = limit * gradient + Math.sqrt(limit);
    boolean used = mostInFlight * 2 >= limit;
    int adjusted = Math.clamp((long) found, Math.min(LEAST, most), most);
    if (adjusted < limit || used) {
      limit = adjusted;
    }
    if (now - measuredAt >= VALID) {
      resumeAt = limit;
      limit = Math.min(LEAST, most);
      measuring = true;
    }
    next(now);
  }

  @GuardedBy("this")
  private void next(long now) {
    since = now;
    samples = 0;
    sum = 0;
    mostInFlight = 0;
  }
}
