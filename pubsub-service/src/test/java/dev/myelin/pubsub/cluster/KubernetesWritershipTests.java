package dev.myelin.pubsub.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.kubernetes.KubernetesLease;
import dev.myelin.kubernetes.MemoryLeaseApi;
import dev.myelin.membership.VirtualScheduler;
import dev.myelin.pubsub.membership.Generation;
import dev.myelin.wire.InstanceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

final class KubernetesWritershipTests {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

  private final MemoryLeaseApi api = new MemoryLeaseApi();
  private final VirtualScheduler time = new VirtualScheduler();
  private final MemoryLeaseApi.Client line = api.client();
  private boolean informed = true;
  private final KubernetesWritership one = writership(line, "core-1");
  private final KubernetesWritership two = writership(api.client(), "core-2");

  private KubernetesWritership writership(MemoryLeaseApi.Client client, String self) {
    var terms = new KubernetesLease.Terms("lease", self, Duration.ofSeconds(6));
    return new KubernetesWritership(
        new KubernetesLease(client, terms, time, CLOCK), () -> informed);
  }

  private Generation acquire(KubernetesWritership writership) {
    for (int i = 0; i < 200; i++) {
      var generation = writership.acquire();
      if (generation.isPresent()) {
        return generation.get();
      }
      time.advance(Duration.ofMillis(100));
    }
    throw new AssertionError("not acquired");
  }

  @Test
  void rightWhenHeldIsOnesAlone() {
    var generation = acquire(one);

    assertThat(generation).isEqualTo(new Generation("uid-1", 189_388_801));
    assertThat(one.intact()).isTrue();
    assertThat(two.acquire()).isEmpty();
    time.advance(Duration.ofMinutes(1));
    assertThat(two.acquire()).isEmpty();
    assertThat(two.holder()).contains(new InstanceId("core-1"));
  }

  @Test
  void rightWhenGivenBackIsTheNextOnesWithALaterTerm() {
    acquire(one);

    one.release();

    assertThat(acquire(two)).isEqualTo(new Generation("uid-1", 189_388_802));
    assertThat(one.intact()).isFalse();
  }

  @Test
  void rightWhenTheApiWasAwayIsLostAndComesBackWithALaterTerm() {
    acquire(one);

    line.be(MemoryLeaseApi.Line.DOWN);
    time.advance(Duration.ofSeconds(6));
    assertThat(one.intact()).isFalse();
    assertThat(one.regainable()).isTrue();

    line.be(MemoryLeaseApi.Line.UP);
    assertThat(acquire(one).term()).isEqualTo(189_388_802);
  }

  @Test
  void rightWhenLostForAMomentThatNobodySawIsNotTheOldOne() {
    acquire(one);
    line.be(MemoryLeaseApi.Line.DOWN);
    time.advance(Duration.ofSeconds(6));
    line.be(MemoryLeaseApi.Line.UP);
    time.advance(Duration.ofSeconds(2));

    // the log of the old term must be closed, whoever has the right by now
    assertThat(one.intact()).isFalse();
  }

  @Test
  void pubSubWhenItKnowsNothingLeavesTheRightToOthers() {
    informed = false;

    assertThat(one.acquire()).isEmpty();
    time.advance(Duration.ofMinutes(1));
    assertThat(one.acquire()).isEmpty();

    informed = true;
    assertThat(acquire(one).term()).isEqualTo(189_388_801);
  }
}
