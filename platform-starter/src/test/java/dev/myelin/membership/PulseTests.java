package dev.myelin.membership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.wire.CallTotals;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.ServiceLoad;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class PulseTests {

  private static final InstanceId ME = new InstanceId("me");
  private static final InstanceId FIRST = new InstanceId("core-1");
  private static final InstanceId SECOND = new InstanceId("core-2");
  private static final InstanceId THIRD = new InstanceId("core-3");

  private final VirtualScheduler scheduler = new VirtualScheduler();
  private final Line line = new Line();
  private final Pulse pulse =
      new Pulse(
          ME,
          line,
          new LoadSource() {
            @Override
            public List<ServiceLoad> served() {
              return List.of();
            }

            @Override
            public CallTotals made() {
              return CallTotals.NONE;
            }

            @Override
            public List<InstanceId> suspected() {
              return List.of(new InstanceId("hung"));
            }
          },
          scheduler);

  private static final class Line implements StethoscopeLine {

    final List<String> tried = new ArrayList<>();
    final Set<InstanceId> away = new HashSet<>();
    List<InstanceId> ranked = List.of(FIRST, SECOND, THIRD);
    boolean slow;
    CompletableFuture<Void> open = new CompletableFuture<>();

    @Override
    public List<InstanceId> ranked() {
      return ranked;
    }

    @Override
    public CompletableFuture<?> beat(InstanceId stethoscope, Heartbeat heartbeat) {
      tried.add(stethoscope + " " + heartbeat.sequence());
      if (slow) {
        open = new CompletableFuture<>();
        return open;
      }
      return away.contains(stethoscope)
          ? CompletableFuture.failedFuture(new IllegalStateException("away"))
          : CompletableFuture.completedFuture(null);
    }

    List<String> take() {
      var taken = List.copyOf(tried);
      tried.clear();
      return taken;
    }
  }

  private void pass(int seconds) {
    scheduler.advance(Duration.ofSeconds(seconds));
  }

  @Test
  void beatsToTheFirstInRankAlone() {
    pulse.start();
    pass(2);

    assertThat(line.take()).containsExactly("core-1 1", "core-1 2", "core-1 3");
  }

  @Test
  void beatCarriesTheEvidence() {
    pulse.start();
    pass(0);

    assertThat(pulse.last().suspected()).containsExactly(new InstanceId("hung"));
  }

  @Test
  void beatThatIsNotTakenGoesToTheNextInRankAtOnce() {
    line.away.add(FIRST);
    pulse.start();
    pass(0);

    assertThat(line.take()).containsExactly("core-1 1", "core-2 1");
  }

  @Test
  void stethoscopeThatFailedTwiceIsPassedOverForAWhile() {
    line.away.add(FIRST);
    pulse.start();
    pass(1);
    line.take();

    pass(4);
    assertThat(line.take()).containsExactly("core-2 3", "core-2 4", "core-2 5", "core-2 6");
    line.away.clear();
    pass(2);
    assertThat(line.take()).containsExactly("core-2 7", "core-1 7", "core-1 8");
  }

  @Test
  void oneFailureIsForgottenWithTheNextSuccess() {
    line.away.add(FIRST);
    pulse.start();
    pass(0);
    line.away.clear();
    pass(1);
    line.away.add(FIRST);
    pass(2);

    assertThat(line.take())
        .containsExactly(
            "core-1 1", "core-2 1", "core-1 2", "core-1 3", "core-2 3", "core-1 4", "core-2 4");
  }

  @Test
  void noMoreThanTwoAreTriedWithOneBeat() {
    line.away.addAll(line.ranked);
    pulse.start();
    pass(0);

    assertThat(line.take()).containsExactly("core-1 1", "core-2 1");
  }

  @Test
  void beatUnderWayCostsTheNext() {
    line.slow = true;
    pulse.start();
    pass(2);
    assertThat(line.take()).containsExactly("core-1 1");

    line.slow = false;
    line.open.complete(null);
    pass(1);
    assertThat(line.take()).containsExactly("core-1 4");
  }

  @Test
  void figuresAreTakenWhenThereIsNoStethoscope() {
    line.ranked = List.of();
    pulse.start();
    pass(2);

    assertThat(line.take()).isEmpty();
    assertThat(pulse.last().sequence()).isEqualTo(3);
  }
}
