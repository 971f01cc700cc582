package dev.myelin.topic;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// When a failed delivery is repeated: after a backoff that doubles with each attempt up to a
/// limit.
///
/// @param maxAttempts attempts, the first included, after which a publication is a dead letter
/// @param first backoff after the first attempt
/// @param longest most backoff
public record Redelivery(int maxAttempts, Duration first, Duration longest) {

  private static final int MOST_DOUBLINGS = 30;

  /// The backoff after an attempt, shortened at random by up to a half, so that many that failed
  /// together do not come back together.
  ///
  /// @param attempt its number, from 1
  public Duration drawn(int attempt) {
    long full = after(attempt).toNanos();
    return Duration.ofNanos(full - ThreadLocalRandom.current().nextLong(full / 2 + 1));
  }

  /// The longest backoff after an attempt.
  ///
  /// @param attempt its number, from 1
  public Duration after(int attempt) {
    int doublings = Math.min(attempt - 1, MOST_DOUBLINGS);
    var backoff = first.multipliedBy(1L << doublings);
    return backoff.compareTo(longest) < 0 ? backoff : longest;
  }
}
