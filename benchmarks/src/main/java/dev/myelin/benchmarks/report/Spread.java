package dev.myelin.benchmarks.report;

import java.util.List;

/// The median and the worst of one figure over all rounds.
///
/// @param median the middle one, or the mean of the two in the middle
/// @param worst the least of a figure that should be large, the largest of one that should be small
record Spread(double median, double worst) {

  /// Sums up a figure of which more is better.
  ///
  /// @throws IllegalArgumentException if there is no value
  static Spread ofLargeIsGood(List<Double> values) {
    return new Spread(
        median(values), values.stream().mapToDouble(Double::doubleValue).min().orElseThrow());
  }

  /// Sums up a figure of which less is better.
  ///
  /// @throws IllegalArgumentException if there is no value
  static Spread ofSmallIsGood(List<Double> values) {
    return new Spread(
        median(values), values.stream().mapToDouble(Double::doubleValue).max().orElseThrow());
  }

  private static double median(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("No value was measured.");
    }
    var sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    var middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
