package dev.myelin.orchestrator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.orchestrator.time.ManualTime;
import dev.myelin.wire.CallTotals;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Opinion;
import dev.myelin.wire.Reading;
import dev.myelin.wire.Reading.Health;
import dev.myelin.wire.Stethoscope;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
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

            @Override
            public Opinion opinion(Instance instance) {
              throw new UnsupportedOperationException();
            }

            @Override
            public boolean listening() {
              throw new UnsupportedOperationException();
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

  /// A stethoscope of several, with readings as a test sets them; none = away.
  private static final class OneOfSeveral implements Stethoscope {

    @Nullable List<Reading> readings = List.of();

    @Override
    public List<Reading> readings() {
      if (readings == null) {
        throw new CallException(Status.UNAVAILABLE, Execution.DID_NOT_RUN, "away");
      }
      return readings;
    }

    @Override
    public void beat(Heartbeat heartbeat) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Opinion opinion(Instance instance) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean listening() {
      throw new UnsupportedOperationException();
    }
  }

  private static Reading reading(String id, int age) {
    var instance = new InstanceId(id);
    return new Reading(
        instance,
        Health.HEALTHY,
        Duration.ofSeconds(age),
        new Heartbeat(instance, 1, List.of(), CallTotals.NONE));
  }

  @Test
  void readingsOfAllStethoscopesAreMergedAndADeadOneHidesNothing() {
    var one = new OneOfSeveral();
    var two = new OneOfSeveral();
    var there = new HashMap<InstanceId, Stethoscope>();
    there.put(new InstanceId("core-1"), one);
    there.put(new InstanceId("core-2"), two);
    var several = new ReadingsWatch(() -> Map.copyOf(there), tasks::add, clock.time(), ledger);
    one.readings = List.of(reading("a", 1), reading("b", 9));
    two.readings = List.of(reading("b", 2), reading("c", 1));
    several.refresh();
    // one answers, the other hangs
    assertThat(tasks).hasSize(2);
    tasks.remove().run();
    several.refresh();
    assertThat(tasks).hasSize(2);
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
    assertThat(several.latest().byId()).hasSize(3);
    assertThat(several.latest().fresh(new InstanceId("b"), clock.time(), STALE)).isTrue();

    two.readings = null;
    clock.advance(Duration.ofSeconds(4));
    several.refresh();
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
    assertThat(several.latest().byId()).hasSize(3);
    assertThat(several.latest().fresh(new InstanceId("a"), clock.time(), STALE)).isTrue();
    assertThat(several.latest().fresh(new InstanceId("c"), clock.time(), STALE)).isFalse();

    there.remove(new InstanceId("core-2"));
    clock.advance(Duration.ofSeconds(30));
    several.refresh();
    tasks.remove().run();
    assertThat(several.latest().byId()).hasSize(2);
  }
}
