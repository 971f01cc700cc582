package dev.myelin.benchmarks.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How long it took each time. Not thread-safe.
final class Recovery {

  private final List<Duration> times = new ArrayList<>();

  void add(Duration time) {
    times.add(time);
  }

  int count() {
    return times.size();
  }

  double mostSeconds() {
    return times.stream().mapToLong(Duration::toMillis).max().orElse(0) / 1e3;
  }

  double medianSeconds() {
    var sorted = times.stream().sorted().toList();
    return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2).toMillis() / 1e3;
  }
}
