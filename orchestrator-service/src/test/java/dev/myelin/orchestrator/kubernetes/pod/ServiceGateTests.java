package dev.myelin.orchestrator.kubernetes.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.orchestrator.kubernetes.desired.Names;
import dev.myelin.orchestrator.kubernetes.pod.ServiceGate.Verdict;
import dev.myelin.wire.InstanceState;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ServiceGateTests {

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.5Z");

  @Test
  void instanceIsInServiceUnlessSomethingIsKnownAgainstIt() {
    assertThat(ServiceGate.judge(null, false, false).inService()).isTrue();
    assertThat(ServiceGate.judge(InstanceState.SERVING, false, false).inService()).isTrue();
    assertThat(ServiceGate.judge(InstanceState.QUARANTINED, false, false).reason())
        .isEqualTo("Quarantined");
    assertThat(ServiceGate.judge(InstanceState.DRAINING, false, false).inService()).isFalse();
    assertThat(ServiceGate.judge(InstanceState.SERVING, true, false).reason())
        .isEqualTo("Retiring");
  }

  @Test
  void quarantineOfMoreThanHalfIsNotBelieved() {
    assertThat(ServiceGate.distrusted(1, 2)).isFalse();
    assertThat(ServiceGate.distrusted(2, 3)).isTrue();
    assertThat(ServiceGate.distrusted(0, 0)).isFalse();
    assertThat(ServiceGate.judge(InstanceState.QUARANTINED, false, true).inService()).isTrue();
  }

  @Test
  void conditionIsWrittenOnceAndAgainWhenItChanges() {
    var verdict = new Verdict(true, "InService", "fine");
    var fresh = new PodBuilder().withNewMetadata().withName("a").endMetadata().build();

    var condition = ServiceGate.change(fresh, verdict, NOW).orElseThrow();

    assertThat(condition.getType()).isEqualTo(Names.IN_SERVICE);
    assertThat(condition.getStatus()).isEqualTo("True");
    assertThat(condition.getLastTransitionTime()).isEqualTo("2026-11-23T10:00:00Z");
    Pod marked =
        new PodBuilder(fresh).withNewStatus().withConditions(condition).endStatus().build();
    assertThat(ServiceGate.change(marked, verdict, NOW)).isEmpty();
    assertThat(ServiceGate.change(marked, new Verdict(false, "Quarantined", "silent"), NOW))
        .get()
        .extracting(it -> it.getStatus())
        .isEqualTo("False");
  }
}
