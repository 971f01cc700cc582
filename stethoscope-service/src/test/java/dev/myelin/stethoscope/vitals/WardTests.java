package dev.myelin.stethoscope.vitals;

import static dev.myelin.stethoscope.vitals.WardOnTest.name;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.membership.Members;
import dev.myelin.wire.CallTotals;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Reading;
import dev.myelin.wire.Reading.Health;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
final class WardTests {

  private static final String ID = name(0);

  private final WardOnTest given = new WardOnTest();

  @Test
  void instanceThatBeatsIsLeftInPeace() {
    given.watch(1);

    given.pass(Duration.ofMinutes(10), 0, 1);

    assertThat(given.measures.done).isEmpty();
    assertThat(given.ward.readings())
        .containsExactly(
            new Reading(
                new InstanceId(ID),
                Health.HEALTHY,
                Duration.ofSeconds(1),
                new Heartbeat(new InstanceId(ID), 600, List.of(), CallTotals.NONE)));
  }

  @Test
  void silentInstanceIsQuarantinedAfterTheThresholdAndNotBefore() {
    given.watch(1);
    given.beat(ID);

    given.scheduler.advance(Duration.ofMillis(2190));
    assertThat(given.measures.done).isEmpty();
    given.scheduler.advance(Duration.ofMillis(120));

    assertThat(given.measures.take()).containsExactly("quarantine " + ID, "ask " + ID);
    assertThat(given.health(ID)).isEqualTo(Health.QUARANTINED);
  }

  @Test
  void instanceThatNeverBeatIsHeardFromWhenItIsSeen() {
    given.scheduler.advance(Duration.ofMinutes(1));
    given.watch(1);

    given.scheduler.advance(Duration.ofSeconds(2));
    assertThat(given.health(ID)).isEqualTo(Health.HEALTHY);
    given.scheduler.advance(Duration.ofMillis(400));
    assertThat(given.health(ID)).isEqualTo(Health.QUARANTINED);
  }

  @Test
  void beatReleasesFromQuarantine() {
    given.watch(1);
    given.scheduler.advance(Duration.ofSeconds(3));
    given.measures.take();

    given.beat(ID);

    assertThat(given.measures.take()).containsExactly("release " + ID);
    assertThat(given.health(ID)).isEqualTo(Health.HEALTHY);
  }

  @Test
  void instanceThatAnswersButDoesNotBeatStaysReleasedWhileItIsAsked() {
    given.watch(1);
    given.scheduler.advance(Duration.ofSeconds(3));
    given.measures.take();

    for (int second = 0; second < 30; second++) {
      given.answer(ID);
      given.scheduler.advance(Duration.ofSeconds(1));
    }

    assertThat(given.measures.done).startsWith("release " + ID).hasSize(31);
    assertThat(given.measures.done.subList(1, 31)).containsOnly("ask " + ID);
    assertThat(given.health(ID)).isEqualTo(Health.HEALTHY);
  }

  @Test
  void answerOfAnotherProcessAtThatEndpointDoesNotCount() {
    given.watch(1);
    given.scheduler.advance(Duration.ofSeconds(3));
    given.measures.take();

    given
        .question(ID)
        .complete(new Heartbeat(new InstanceId("other"), 1, List.of(), CallTotals.NONE));
    given.scheduler.runDue();

    assertThat(given.measures.done).isEmpty();
    assertThat(given.health(ID)).isEqualTo(Health.QUARANTINED);
  }

  @Test
  void onlyOneQuestionIsOpenAtATime() {
    given.watch(1);
    given.scheduler.advance(Duration.ofSeconds(8));
    assertThat(given.measures.take()).containsExactly("quarantine " + ID, "ask " + ID);

    given.leaveUnanswered(ID);
    given.scheduler.advance(Duration.ofSeconds(1));

    assertThat(given.measures.take()).containsExactly("ask " + ID);
  }

  @Test
  void instanceThatStaysSilentIsFlaggedLate() {
    given.watch(1);
    given.scheduler.advance(Duration.ofSeconds(12));
    assertThat(given.measures.done).doesNotContain("flag " + ID);

    given.scheduler.advance(Duration.ofMillis(400));

    assertThat(given.measures.done).containsOnlyOnce("flag " + ID);
    assertThat(given.health(ID)).isEqualTo(Health.FLAGGED);
  }

  @Test
  void lostFlagIsGivenAgain() {
    given.watch(1);
    given.scheduler.advance(Duration.ofMillis(12_500));
    given.measures.take();

    given.loseFlag(ID);
    assertThat(given.health(ID)).isEqualTo(Health.QUARANTINED);
    given.scheduler.advance(Duration.ofMillis(10_100));

    assertThat(given.measures.done).containsOnlyOnce("flag " + ID);
  }

  @Test
  void instanceOutOfTheMembershipIsForgotten() {
    given.watch(1);
    given.scheduler.advance(Duration.ofSeconds(3));
    given.measures.take();

    given.watch(0);
    given.answer(ID);
    given.beat(ID);
    given.scheduler.advance(Duration.ofSeconds(30));

    assertThat(given.measures.take()).containsExactly("forget " + ID);
    assertThat(given.ward.readings()).isEmpty();
  }

  @Test
  void memberQuarantinedBeforeIsReleasedByItsFirstBeat() {
    given.watch(Members.serving(ID, "a").withState(InstanceState.QUARANTINED));
    assertThat(given.health(ID)).isEqualTo(Health.QUARANTINED);

    given.beat(ID);

    assertThat(given.measures.take()).containsExactly("release " + ID);
  }

  @Test
  void memberThatChangesKeepsItsClocks() {
    given.watch(1);
    given.scheduler.advance(Duration.ofMillis(1500));

    given.watch(Members.serving(ID, "a", "b"));
    given.scheduler.advance(Duration.ofSeconds(1));

    assertThat(given.health(ID)).isEqualTo(Health.QUARANTINED);
  }

  @Test
  void oldBeatIsNoSignOfLife() {
    given.watch(1);
    var late = given.nextBeat(ID);
    given.beat(ID);
    given.scheduler.advance(Duration.ofSeconds(2));

    given.ward.beat(late);
    given.scheduler.advance(Duration.ofMillis(400));

    assertThat(given.health(ID)).isEqualTo(Health.QUARANTINED);
    assertThat(given.ward.readings().getFirst().heartbeat())
        .isEqualTo(new Heartbeat(new InstanceId(ID), 2, List.of(), CallTotals.NONE));
  }

  @Test
  void beatOfAStrangerIsIgnored() {
    given.beat("stranger");

    assertThat(given.ward.readings()).isEmpty();
  }

  @Test
  void stethoscopeThatWasStoppedAccusesNobody(CapturedOutput output) {
    given.watch(20);
    given.pass(Duration.ofSeconds(5), 0, 20);

    given.scheduler.pause(Duration.ofSeconds(5));
    assertThat(given.measures.done).isEmpty();
    given.pass(Duration.ofSeconds(5), 0, 20);

    assertThat(given.measures.done).isEmpty();
    assertThat(output).containsOnlyOnce("This stethoscope was not run for PT5");
  }

  @Test
  void stethoscopeThatWasStoppedDoesNotCountThatTimeTowardsAFlag() {
    given.watch(1);
    given.scheduler.advance(Duration.ofSeconds(8));

    given.scheduler.pause(Duration.ofSeconds(30));
    given.scheduler.advance(Duration.ofMillis(9900));
    assertThat(given.health(ID)).isEqualTo(Health.QUARANTINED);
    given.scheduler.advance(Duration.ofMillis(300));

    assertThat(given.health(ID)).isEqualTo(Health.FLAGGED);
  }

  @Test
  void flagsAreLimitedToATenthAMinute() {
    given.watch(30);

    given.pass(Duration.ofSeconds(50), 12, 30);
    assertThat(given.with(Health.FLAGGED)).containsExactly(name(0), name(1), name(2));
    given.pass(Duration.ofSeconds(30), 12, 30);
    assertThat(given.with(Health.FLAGGED)).hasSize(6);
    assertThat(given.with(Health.QUARANTINED)).hasSize(6);
  }

  @Test
  void flaggingAgainCostsNothing() {
    given.watch(10);
    given.pass(Duration.ofSeconds(14), 2, 10);
    assertThat(given.measures.done).containsOnlyOnce("flag " + name(0));

    given.loseFlag(name(0));
    given.measures.take();
    given.pass(Duration.ofSeconds(12), 2, 10);

    assertThat(given.measures.done).contains("flag " + name(0)).doesNotContain("flag " + name(1));
  }

  @Test
  void flagsFreezeWhileMoreThanHalfAreSuspect(CapturedOutput output) {
    given.watch(4);

    given.pass(Duration.ofMinutes(5), 3, 4);
    assertThat(given.with(Health.QUARANTINED)).hasSize(3);
    assertThat(given.measures.done).noneMatch(measure -> measure.startsWith("flag"));
    assertThat(output).containsOnlyOnce("3 of 4 instances are suspect");

    given.pass(Duration.ofSeconds(2), 2, 4);
    assertThat(output).containsOnlyOnce("2 of 4 instances are suspect: flags are given again");
    assertThat(given.with(Health.FLAGGED)).hasSize(1);
  }

  @Test
  void oneOfTwoIsFlaggedAllTheSame() {
    given.watch(2);

    given.pass(Duration.ofSeconds(15), 2, 2);

    assertThat(given.with(Health.FLAGGED)).hasSize(1);
  }
}
