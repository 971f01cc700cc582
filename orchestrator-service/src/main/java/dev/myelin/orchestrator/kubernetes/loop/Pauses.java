package dev.myelin.orchestrator.kubernetes.loop;

import java.time.Duration;

/// Waits that double, up to a longest.
///
/// @param first the first
/// @param longest none is longer
record Pauses(Duration first, Duration longest) {

  /// Somebody else has written meanwhile.
  static final Pauses OVERTAKEN = new Pauses(Duration.ofMillis(250), Duration.ofSeconds(30));

  /// The API did not take it.
  static final Pauses FAILED = new Pauses(Duration.ofSeconds(1), Duration.ofMinutes(1));

  /// The API does not answer, or not now.
  static final Pauses UNAVAILABLE = new Pauses(Duration.ofSeconds(1), Duration.ofSeconds(15));

  /// The wait before another attempt.
  ///
  /// @param before failures before the last
  Duration after(int before) {
    var pause = first.multipliedBy(1L << Math.min(before, 10));
    return pause.compareTo(longest) > 0 ? longest : pause;
  }
}
