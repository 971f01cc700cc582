package dev.myelin.benchmarks.depth;

import java.util.List;

/// What a descent came to between one pair of processes.
///
/// @param millis the time of each descent, in order; copied
/// @param peakPlatformThreads most platform threads of either process
public record DescentReport(List<Double> millis, int peakPlatformThreads) {
  public DescentReport {
    millis = List.copyOf(millis);
  }

  /// The middle of the times.
  public double median() {
    var sorted = millis.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  /// The least of the times.
  public double best() {
    return millis.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  /// The greatest of the times.
  public double worst() {
    return millis.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }
}
