package dev.myelin.membership;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Waits between attempts: each up to twice as long as the one before, up to a limit, and shortened
/// at random by up to a half, so that many clients do not return at the same moment.
///
/// Not thread-safe.
final class Backoff {

  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private final RandomGenerator random;
  private Duration next = FIRST;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /// The next wait, never longer than 2 s.
  Duration next() {
    long full = next.toNanos();
    next = Duration.ofNanos(Math.min(2 * full, LONGEST.toNanos()));
    return Duration.ofNanos(full / 2 + random.nextLong(full / 2 + 1));
  }

  /// Begins again with short waits.
  void reset() {
    next = FIRST;
  }
}
