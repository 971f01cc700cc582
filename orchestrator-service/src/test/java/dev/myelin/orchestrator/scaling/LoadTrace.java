package dev.myelin.orchestrator.scaling;

import java.util.Random;

/// Calls a second that come to a service, by the time since the beginning.
@FunctionalInterface
interface LoadTrace {

  double callsASecond(double seconds);

  static LoadTrace steady(double rate) {
    return _ -> rate;
  }

  static LoadTrace step(double before, double after, double atSeconds) {
    return seconds -> seconds < atSeconds ? before : after;
  }

  static LoadTrace ramp(double from, double to, double seconds) {
    return now -> from + (to - from) * Math.min(1, now / seconds);
  }

  /// Short multiples of the load, drawn for every ten seconds.
  LoadTrace SILENCE = _ -> 0;

  default LoadTrace withSpikes(double factor, double share, long seed) {
    return seconds ->
        callsASecond(seconds)
            * (new Random(seed + (long) (seconds / 10)).nextDouble() < share && seconds % 10 < 1.5
                ? factor
                : 1);
  }

  /// A deviation drawn for every second.
  default LoadTrace withNoise(double share, long seed) {
    return seconds ->
        callsASecond(seconds)
            * (1 + share * (2 * new Random(seed * 7919 + (long) seconds).nextDouble() - 1));
  }
}
