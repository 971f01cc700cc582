package dev.myelin.orchestrator.kubernetes.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import dev.myelin.orchestrator.flag.FlagGate;
import dev.myelin.orchestrator.flag.FlagGate.Situation;
import dev.myelin.orchestrator.lease.LeaderLease;
import dev.myelin.orchestrator.time.ManualTime;
import dev.myelin.wire.Flag;
import dev.myelin.wire.Flag.Census;
import dev.myelin.wire.InstanceId;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class EventFlagsTests {

  private static final InstanceId ONE = new InstanceId("core-1");

  private final ManualTime clock = new ManualTime();
  private final LeaderLease lease = mock(LeaderLease.class);
  private final List<Event> events = new ArrayList<>();
  private final AtomicInteger read = new AtomicInteger();
  private final EventFlags flags =
      new EventFlags(
          () -> {
            read.incrementAndGet();
            return events;
          },
          lease,
          clock.time());

  private Event killed(String pod, String by) {
    return new EventBuilder()
        .withReason(EventFlags.REASON)
        .withLastTimestamp(clock.time().now().toString())
        .withNewSource(by, "core-0")
        .withNewRelated()
        .withName(pod)
        .endRelated()
        .build();
  }

  private boolean taken(FlagGate gate, String id) {
    var flag = new Flag(new InstanceId(id), "silent", List.of(ONE), new Census(8, 1));
    return gate.decide(flag, new Situation(Set.of(ONE), new Census(8, 1)), clock.time().nanos())
        .taken();
  }

  @Test
  void nextOrchestratorCountsWhatTheOneBeforeKilled() {
    given(lease.epoch()).willReturn(OptionalLong.of(2));
    events.add(killed("tax-1", "myelin-orchestrator"));
    clock.advance(Duration.ofSeconds(40));
    var gate = new FlagGate(flags);

    assertThat(taken(gate, "tax-2")).isFalse();
    clock.advance(Duration.ofSeconds(21));
    assertThat(taken(gate, "tax-2")).isTrue();
  }

  @Test
  void eventsAreReadOnceForEachTimeThatItBeginsToAct() {
    given(lease.epoch())
        .willReturn(
            OptionalLong.of(2), OptionalLong.of(2), OptionalLong.empty(), OptionalLong.of(3));

    for (int i = 0; i < 4; i++) {
      assertThat(flags.recall()).isEmpty();
    }

    assertThat(read).hasValue(3);
  }

  @Test
  void eventsOfOthersAreNone() {
    given(lease.epoch()).willReturn(OptionalLong.of(2));
    events.add(killed("NODE_1", "kubelet"));
    var unfinished = killed("tax-1", "myelin-orchestrator");
    unfinished.setRelated(null);
    events.add(unfinished);

    assertThat(flags.recall()).isEmpty();
  }

  @Test
  void eventsThatCouldNotBeReadAreReadAgain() {
    given(lease.epoch()).willReturn(OptionalLong.of(2));
    var failing =
        new EventFlags(
            () -> {
              if (read.incrementAndGet() == 1) {
                throw new KubernetesClientException("away");
              }
              return events;
            },
            lease,
            clock.time());
    events.add(killed("tax-1", "myelin-orchestrator"));

    assertThatExceptionOfType(KubernetesClientException.class).isThrownBy(failing::recall);
    assertThat(failing.recall()).containsOnlyKeys(new InstanceId("tax-1"));
  }
}
