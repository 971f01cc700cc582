package dev.myelin.orchestrator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.orchestrator.time.ManualTime;
import dev.myelin.wire.CallTotals;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Reading;
import dev.myelin.wire.Reading.Health;
import dev.myelin.wire.Stethoscope;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

final class ReadingsWatchTests {

  private static final InstanceId ID = new InstanceId("shop-1");
  private static final Duration STALE = Duration.ofSeconds(3);

  private final ManualTime clock = new ManualTime();
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final CallLedger ledger = new CallLedger();
  private boolean away;
  private Reading reading = reading(Duration.ofSeconds(1), true);

  private final ReadingsWatch watch =
      new ReadingsWatch(
          new Stethoscope() {
            @Override
            public void beat(Heartbeat heartbeat) {
              throw new UnsupportedOperationException("the orchestrator does not beat here");
            }

            @Override
            public List<Reading> readings() {
              if (away) {
                throw new CallException(
                    Status.UNAVAILABLE, Execution.DID_NOT_RUN, "the stethoscope is away");
              }
              return List.of(reading);
            }
          },
          tasks::add,
          clock.time(),
          ledger);

  private static Reading reading(Duration age, boolean beats) {
    var heartbeat = new Heartbeat(ID, 1, List.of(), new CallTotals(7, 0, 0));
    return new Reading(ID, Health.HEALTHY, age, beats ? heartbeat : null);
  }

  private boolean fresh() {
    return watch.latest().fresh(ID, clock.time(), STALE);
  }

  private void refresh() {
    watch.refresh();
    tasks.remove().run();
  }

  @Test
  void nothingIsKnownAtFirst() {
    assertThat(watch.latest().byId()).isEmpty();
    assertThat(fresh()).isFalse();
  }

  @Test
  void readingGrowsOldByItsAgeAndSinceItCame() {
    refresh();
    assertThat(fresh()).isTrue();
    assertThat(ledger.totals().made()).isEqualTo(7);

    clock.advance(Duration.ofMillis(1_999));
    assertThat(fresh()).isTrue();
    clock.advance(Duration.ofMillis(1));
    assertThat(fresh()).isFalse();
  }

  @Test
  void readingWithoutAHeartbeatIsNotFresh() {
    reading = reading(Duration.ZERO, false);
    refresh();

    assertThat(fresh()).isFalse();
  }

  @Test
  void oneQuestionIsAskedAtATime() {
    watch.refresh();
    watch.refresh();

    assertThat(tasks).hasSize(1);
    tasks.remove().run();
    watch.refresh();
    assertThat(tasks).hasSize(1);
  }

  @Test
  void readingsStayWhileTheStethoscopeIsAway() {
    refresh();
    away = true;
    refresh();
    assertThat(watch.latest().byId()).containsKey(ID);

    away = false;
    clock.advance(Duration.ofSeconds(5));
    assertThat(fresh()).isFalse();
    refresh();
    assertThat(fresh()).isTrue();
  }
}
