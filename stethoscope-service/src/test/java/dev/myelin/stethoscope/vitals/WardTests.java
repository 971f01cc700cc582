package dev.myelin.stethoscope.vitals;

import static dev.myelin.stethoscope.vitals.WardOnTest.name;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.membership.Members;
import dev.myelin.wire.CallTotals;
import dev.myelin.wire.Flag;
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
    assertThat(given.measures.takeDeeds()).isEmpty();
    given.scheduler.advance(Duration.ofMillis(120));

    assertThat(given.measures.takeDeeds()).containsExactly("quarantine " + ID);
    assertThat(given.health(ID)).isEqualTo(Health.QUARANTINED);
  }

  @Test
  void lateInstanceIsAskedBeforeItIsQuarantined() {
    given.watch(1);
    given.beat(ID);

    given.scheduler.advance(Duration.ofMillis(1200));
    assertThat(given.measures.done).isEmpty();
    given.scheduler.advance(Duration.ofMillis(900));
    assertThat(given.measures.take()).hasSize(5).containsOnly("ask " + ID);

    given.answer(ID);
    given.scheduler.advance(Duration.ofMillis(900));
    assertThat(given.measures.takeDeeds()).isEmpty();
    assertThat(given.health(ID)).isEqualTo(Health.HEALTHY);
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
  void noMoreThanAFewQuestionsAreOpenAtATime() {
    given.watch(1);
    given.scheduler.advance(Duration.ofSeconds(19));
    assertThat(given.measures.take()).filteredOn(deed -> deed.startsWith("ask")).hasSize(8);

    given.leaveUnanswered(ID);
    given.scheduler.advance(Duration.ofSeconds(1));

    assertThat(given.measures.take()).containsExactly("ask " + ID);
  }

  @Test
  void instanceThatStaysSilentIsFlaggedLate() {
    given.watch(1);
    given.scheduler.advance(Duration.ofSeconds(22));
    assertThat(given.measures.done).doesNotContain("flag " + ID);

    given.scheduler.advance(Duration.ofMillis(400));

    assertThat(given.measures.done).containsOnlyOnce("flag " + ID);
    assertThat(given.health(ID)).isEqualTo(Health.FLAGGED);
  }

  @Test
  void lostFlagIsGivenAgain() {
    given.watch(1);
    given.scheduler.advance(Duration.ofMillis(22_500));
    given.measures.take();

    given.loseFlag(ID);
    assertThat(given.health(ID)).isEqualTo(Health.QUARANTINED);
    given.scheduler.advance(Duration.ofMillis(20_100));

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

    assertThat(given.measures.takeDeeds()).containsExactly("forget " + ID);
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
    given.scheduler.advance(Duration.ofMillis(19_900));
    assertThat(given.health(ID)).isEqualTo(Health.QUARANTINED);
    given.scheduler.advance(Duration.ofMillis(300));

    assertThat(given.health(ID)).isEqualTo(Health.FLAGGED);
  }

  @Test
  void flagCarriesTheVotesAndHowManyAreSuspect() {
    given.watch(4);
    given.pass(Duration.ofSeconds(23), 2, 4);

    assertThat(given.measures.flagged.get(new InstanceId(ID)))
        .isEqualTo(
            new Flag(
                new InstanceId(ID),
                "silent for 22300 ms, did not answer",
                List.of(WardOnTest.SELF),
                new Flag.Census(4, 2)));
  }

  @Test
  void flagThatIsRefusedIsGivenAgain(CapturedOutput output) {
    given.watch(1);
    given.scheduler.advance(Duration.ofMillis(22_500));
    given.measures.take();

    given.refuseFlag(ID, "frozen");
    given.scheduler.runDue();
    assertThat(output).contains("Flag not taken: instance=" + ID).contains("reason=frozen");
    given.scheduler.advance(Duration.ofMillis(20_100));

    assertThat(given.measures.done).containsOnlyOnce("flag " + ID);
  }

  @Test
  void stethoscopeThatManyFallSilentToWaitsLonger(CapturedOutput output) {
    given.watch(20);
    given.pass(Duration.ofSeconds(5), 0, 20);

    given.pass(Duration.ofSeconds(4), 6, 20);
    assertThat(given.with(Health.QUARANTINED)).isEmpty();
    assertThat(output).containsOnlyOnce("This stethoscope doubts itself: 6 of 20 instances");

    given.pass(Duration.ofSeconds(4), 6, 20);
    assertThat(given.with(Health.QUARANTINED)).hasSize(6);
  }

  @Test
  void twoThatFallSilentAtOnceAreNoReasonToDoubt() {
    given.watch(20);
    given.pass(Duration.ofSeconds(5), 0, 20);

    given.pass(Duration.ofSeconds(3), 2, 20);

    assertThat(given.with(Health.QUARANTINED)).hasSize(2);
  }

  @Test
  void stethoscopeWhoseTimerIsLateWaitsLonger() {
    given.watch(1);
    given.beat(ID);
    given.scheduler.advance(Duration.ofMillis(500));

    given.scheduler.pause(Duration.ofMillis(800));
    given.scheduler.advance(Duration.ofMillis(2400));
    assertThat(given.health(ID)).isEqualTo(Health.HEALTHY);
    given.scheduler.advance(Duration.ofSeconds(4));
    assertThat(given.health(ID)).isEqualTo(Health.QUARANTINED);
  }
}
