package dev.myelin.orchestrator.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.membership.ClusterLease;
import dev.myelin.orchestrator.time.ManualTime;
import dev.myelin.wire.InstanceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HungHolderTests {

  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration STEP = Duration.ofMillis(200);
  private static final InstanceId HOLDER = new InstanceId("core-1");

  private final ManualTime clock = new ManualTime();
  private final List<InstanceId> asked = new ArrayList<>();
  private final List<InstanceId> killed = new ArrayList<>();
  private Optional<ClusterLease> lease = Optional.of(new ClusterLease("core-1", 7, 1));
  private boolean answers;
  private final HungHolder holder =
      new HungHolder(
          () -> lease,
          LIMIT,
          id -> {
            asked.add(id);
            return answers;
          },
          killed::add,
          clock.time());

  private void look(Duration time) {
    for (var passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(STEP)) {
      clock.advance(STEP);
      holder.look();
    }
  }

  @Test
  void holderThatRenewsIsLeftAlone() {
    for (int renewal = 2; renewal < 60; renewal++) {
      lease = Optional.of(new ClusterLease("core-1", 7, renewal));
      look(Duration.ofSeconds(1));
    }

    assertThat(asked).isEmpty();
    assertThat(killed).isEmpty();
  }

  @Test
  void holderThatNeitherRenewsNorAnswersIsEnded() {
    look(LIMIT.minus(STEP));
    assertThat(killed).isEmpty();

    look(STEP.multipliedBy(2));

    assertThat(killed).containsExactly(HOLDER);
  }

  @Test
  void holderThatAnswersIsNotEndedHoweverLongItDoesNotRenew() {
    answers = true;

    look(Duration.ofMinutes(2));

    assertThat(asked).hasSizeGreaterThan(10).containsOnly(HOLDER);
    assertThat(killed).isEmpty();
  }

  @Test
  void pauseOfThisProcessIsNotHeldAgainstTheHolder() {
    look(Duration.ofSeconds(4));
    clock.advance(Duration.ofMinutes(10));
    holder.look();
    look(LIMIT.minus(STEP));

    assertThat(asked).isEmpty();

    look(STEP.multipliedBy(2));
    assertThat(killed).containsExactly(HOLDER);
  }

  @Test
  void anotherHolderBeginsAnew() {
    look(Duration.ofSeconds(4));
    lease = Optional.of(new ClusterLease("core-2", 8, 2));
    look(Duration.ofSeconds(4));

    assertThat(asked).isEmpty();
  }

  @Test
  void leaseThatCannotBeReadAccusesNobody() {
    lease = Optional.empty();

    look(Duration.ofMinutes(1));

    assertThat(asked).isEmpty();
    assertThat(killed).isEmpty();
  }
}
