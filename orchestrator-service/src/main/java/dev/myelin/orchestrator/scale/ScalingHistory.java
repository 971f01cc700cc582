package dev.myelin.orchestrator.scale;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Samples of each service, as far back as a window. Not thread-safe.
final class ScalingHistory {

  private final Duration window;
  private final Map<String, Deque<Sample>> samples = new HashMap<>();

  ScalingHistory(Duration window) {
    this.window = window;
  }

  /// Adds a sample and forgets those that have become too old.
  List<Sample> add(String service, Sample sample) {
    var known = samples.computeIfAbsent(service, _ -> new ArrayDeque<>());
    known.addLast(sample);
    while (sample.at() - known.getFirst().at() > window.toNanos()) {
      known.removeFirst();
    }
    return List.copyOf(known);
  }
}
