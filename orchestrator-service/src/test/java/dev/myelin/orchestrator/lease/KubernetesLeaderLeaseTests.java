package dev.myelin.orchestrator.lease;

import dev.myelin.kubernetes.KubernetesLease;
import dev.myelin.kubernetes.MemoryLeaseApi;
import dev.myelin.membership.VirtualScheduler;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

final class KubernetesLeaderLeaseTests extends LeaderLeaseContractTests {

  private final MemoryLeaseApi api = new MemoryLeaseApi();
  private final VirtualScheduler time = new VirtualScheduler();
  private final Map<String, LeaderLease> leases = new HashMap<>();

  @Override
  LeaderLease of(String process) {
    return leases.computeIfAbsent(process, this::lease);
  }

  private LeaderLease lease(String process) {
    var terms = new KubernetesLease.Terms("lease", process, Duration.ofSeconds(6));
    return new KubernetesLeaderLease(
        new KubernetesLease(api.client(), terms, time, Clock.systemUTC()));
  }

  @Override
  void pass() {
    time.advance(Duration.ofSeconds(1));
  }
}
