package dev.myelin.benchmarks.lab;

import dev.myelin.benchmarks.cluster.RunningCluster;
import dev.myelin.wire.ClusterView.InstanceView;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What it came to that a stethoscope was kept from its work.
///
/// @param before process ids of the instances before it
/// @param after those after it
/// @param made calls meanwhile
/// @param failures what was said of those that failed
public record Aftermath(Set<Long> before, Set<Long> after, int made, Map<String, Long> failures) {

  /// Instances that are not there any more.
  public long killed() {
    return before.stream().filter(pid -> !after.contains(pid)).count();
  }

  /// Process ids of a service's instances that take calls.
  static Set<Long> pids(RunningCluster cluster, String service) {
    return cluster.serving(service).stream()
        .map(InstanceView::pid)
        .collect(Collectors.toUnmodifiableSet());
  }
}
