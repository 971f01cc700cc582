package dev.myelin.orchestrator.lease;

import dev.myelin.kubernetes.KubernetesLeases;
import dev.myelin.kubernetes.TestCluster;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/// The orchestrators' lease in a real API server.
@Tag("kubernetes")
final class KubernetesLeaderLeaseIT extends LeaderLeaseContractTests {

  @SuppressWarnings("NullAway.Init") // opened before all tests
  private static TestCluster cluster;

  private static int installations;

  private final Map<String, KubernetesLeases> processes = new HashMap<>();
  private final Map<String, LeaderLease> leases = new HashMap<>();
  private final String installation = "it-" + ++installations;

  @BeforeAll
  static void open() {
    cluster = TestCluster.open("leader");
  }

  @AfterAll
  static void close() {
    cluster.close();
  }

  @Override
  LeaderLease of(String process) {
    return leases.computeIfAbsent(
        process,
        id ->
            new KubernetesLeaderLease(
                processes.computeIfAbsent(id, this::process).lease("orchestrator")));
  }

  private KubernetesLeases process(String id) {
    return new KubernetesLeases(
        cluster.client(),
        new KubernetesLeases.Scope(
            cluster.namespace(), installation, id, Duration.ofSeconds(3), null),
        Clock.systemUTC());
  }

  @AfterEach
  void release() {
    processes.values().forEach(KubernetesLeases::close);
  }
}
