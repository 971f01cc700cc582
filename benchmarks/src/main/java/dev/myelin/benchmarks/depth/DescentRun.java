package dev.myelin.benchmarks.depth;

import java.util.ArrayList;

/// Makes descents between two processes and takes their times.
public final class DescentRun {
  private static final double NANOS_A_MILLI = 1e6;

  private DescentRun() {}

  /// Makes them one after the other.
  ///
  /// @param variant how to call
  /// @param levels how deep
  /// @param warmUp how many descents do not count
  /// @param count how many do
  /// @param first port of the one process
  /// @param second port of the other
  /// @throws IllegalStateException if a descent came back with another depth
  public static DescentReport measure(
      DescentVariant variant, int levels, int warmUp, int count, int first, int second) {
    var millis = new ArrayList<Double>();
    try (var top = variant.connect(first);
        var other = variant.connect(second)) {
      for (var round = -warmUp; round < count; round++) {
        var begin = System.nanoTime();
        var reached = top.descend(levels, second, first);
        var took = (System.nanoTime() - begin) / NANOS_A_MILLI;
        if (reached != levels) {
          throw new IllegalStateException(
              "A descent of %d levels came back from %d.".formatted(levels, reached));
        }
        if (round >= 0) {
          millis.add(took);
        }
      }
      return new DescentReport(
          millis, Math.max(top.peakPlatformThreads(), other.peakPlatformThreads()));
    }
  }
}
