package dev.myelin.orchestrator.scale;

import java.util.List;

/// When congestion last rose above a watermark.
///
/// @param at the ticker's reading of the first sample since which it has stayed above; of the last
///   sample if that one is not above
record Rise(long at) {

  /// The last one.
  ///
  /// @param samples at least one, oldest first
  static Rise in(List<Sample> samples, double watermark) {
    long at = samples.getLast().at();
    for (var sample : samples.reversed()) {
      if (sample.heard() && sample.congestion() <= watermark) {
        break;
      }
      at = sample.at();
    }
    return new Rise(at);
  }

  /// The samples from then on.
  List<Sample> since(List<Sample> samples) {
    return samples.stream().filter(sample -> sample.at() - at >= 0).toList();
  }
}
