package dev.myelin.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Leases of a real API server.
@Tag("kubernetes")
final class KubernetesLeaseIT extends ApiLeaseObjectsContractTests {

  @SuppressWarnings("NullAway.Init") // opened before all tests
  private static TestCluster cluster;

  @BeforeAll
  static void open() {
    cluster = TestCluster.open("lease");
  }

  @AfterAll
  static void close() {
    cluster.close();
  }

  @Override
  KubernetesClient client() {
    return cluster.client();
  }

  @Override
  String namespace() {
    return cluster.namespace();
  }

  private KubernetesLeases process(String id) {
    return new KubernetesLeases(
        client(),
        new KubernetesLeases.Scope(namespace(), "it", id, Duration.ofSeconds(3), null),
        Clock.systemUTC());
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 600 && !condition.getAsBoolean(); i++) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Test
  void leasePassesFromHandToHandWithGrowingEpochs() throws InterruptedException {
    try (var one = process("one");
        var two = process("two")) {
      var first = one.lease("right");
      first.want();
      await(() -> first.epoch().isPresent());
      long epoch = first.epoch().orElseThrow();

      var second = two.lease("right");
      second.want();
      await(() -> second.holder().isPresent());
      assertThat(second.holder()).contains("one");
      assertThat(second.newestEpoch()).isEqualTo(epoch);

      first.release();
      await(() -> second.epoch().isPresent());
      assertThat(second.epoch()).hasValue(epoch + 1);
      assertThat(first.epoch()).isEmpty();
    }
  }

  @Test
  void leaseWhenDeletedByHandIsTakenAnew() throws InterruptedException {
    try (var one = process("one")) {
      var lease = one.lease("deleted-by-hand");
      lease.want();
      await(() -> lease.epoch().isPresent());
      var before = lease.lineage();

      client().leases().inNamespace(namespace()).withName("it-deleted-by-hand").delete();

      await(() -> lease.epoch().isPresent() && !lease.lineage().equals(before));
    }
  }
}
