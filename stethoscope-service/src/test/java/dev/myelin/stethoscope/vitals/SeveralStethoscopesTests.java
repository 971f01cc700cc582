package dev.myelin.stethoscope.vitals;

import static dev.myelin.stethoscope.vitals.WardOnTest.name;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.membership.Members;
import dev.myelin.wire.CallTotals;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Opinion;
import dev.myelin.wire.Opinion.Finding;
import dev.myelin.wire.Reading.Health;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/// A ward that is one of two. All of a hundred instances beat here unless said otherwise.
@ExtendWith(OutputCaptureExtension.class)
final class SeveralStethoscopesTests {

  private static final String OWN = WardOnTest.of(WardOnTest.SELF);
  private static final String OTHERS = WardOnTest.of(WardOnTest.OTHER);
  private static final String CONSULT = "consult core-2 about " + OWN;

  private final WardOnTest given = new WardOnTest();

  private void watch() {
    given.pair();
    given.watch(40);
  }

  /// Lets time pass in which all beat here but some.
  private void pass(double seconds, String... silent) {
    for (int step = 0; step < seconds * 10; step++) {
      if (step % 10 == 0) {
        IntStream.range(0, 40)
            .mapToObj(WardOnTest::name)
            .filter(name -> !List.of(silent).contains(name))
            .forEach(given::beat);
      }
      given.scheduler.advance(Duration.ofMillis(100));
    }
  }

  private void passWhileTheOtherSays(Finding finding, double seconds) {
    for (int step = 0; step < seconds * 10; step++) {
      pass(0.1, OWN);
      given.advise(OWN, Opinion.without(finding));
      if (given.isAsked(OWN)) {
        given.leaveUnanswered(OWN);
      }
    }
  }

  private Opinion opinion(String id) {
    var opinion = given.ward.opinion(Members.instance(id, "a"));
    given.scheduler.runDue();
    if (!opinion.isDone()) {
      given.leaveUnanswered(id);
    }
    return opinion.join();
  }

  @Test
  void onlyOwnPatientsAreJudged() {
    watch();

    given.scheduler.advance(Duration.ofMillis(1300));

    assertThat(given.measures.done).contains("ask " + OWN).doesNotContain("ask " + OTHERS);
    assertThat(given.ward.readings()).hasSizeBetween(10, 30);
  }

  @Test
  void stethoscopeThatIsNotListedYetWatchesNobody() {
    given.ward.colleagues(List.of(Members.instance("core-2", "s")));
    given.watch(40);

    assertThat(given.ward.readings()).isEmpty();
  }

  @Test
  void lateInstanceIsAskedByTheSecondToo() {
    watch();
    pass(1, OWN);

    pass(0.5, OWN);

    assertThat(given.measures.done).contains("ask " + OWN, CONSULT);
  }

  @Test
  void instanceThatAnswersTheSecondIsNotQuarantined() {
    watch();
    for (int second = 0; second < 20; second++) {
      pass(1, OWN);
      given.advise(OWN, Opinion.answers(given.nextBeat(OWN)));
    }

    assertThat(given.measures.takeDeeds()).isEmpty();
    assertThat(given.health(OWN)).isEqualTo(Health.HEALTHY);
  }

  @Test
  void instanceWhoseBeatsReachTheSecondIsNotQuarantined() {
    watch();
    passWhileTheOtherSays(Finding.BEATS, 20);

    assertThat(given.measures.takeDeeds()).isEmpty();
  }

  @Test
  void flagNeedsTheVoteOfTheSecond() {
    watch();
    passWhileTheOtherSays(Finding.SILENT, 13);

    assertThat(given.votes(OWN)).containsExactly(WardOnTest.SELF, WardOnTest.OTHER);
  }

  @Test
  void secondThatDoubtsItselfHasNoVote() {
    watch();
    passWhileTheOtherSays(Finding.UNSURE, 60);

    assertThat(given.measures.takeDeeds()).containsExactly("quarantine " + OWN);
  }

  @Test
  void secondThatDoesNotAnswerHasNoVote() {
    watch();
    pass(60, OWN);

    assertThat(given.measures.takeDeeds()).containsExactly("quarantine " + OWN);
  }

  @Test
  void voteGrowsStale() {
    watch();
    passWhileTheOtherSays(Finding.SILENT, 6);
    pass(20, OWN);

    assertThat(given.measures.flagged).isEmpty();
  }

  @Test
  void patientsOfOneThatDiesAreTakenOverAndCountAsHeard(CapturedOutput output) {
    watch();
    pass(5, OTHERS);
    assertThat(given.measures.done).isEmpty();

    given.measures.present.clear();
    pass(3, OTHERS);
    assertThat(output).containsOnlyOnce("Stethoscope 'core-2' does not answer");
    assertThat(given.ward.readings()).hasSize(40);
    assertThat(given.measures.takeDeeds()).isEmpty();

    pass(2, OTHERS);
    assertThat(given.measures.takeDeeds()).containsExactly("quarantine " + OTHERS);
  }

  @Test
  void oneThatAnswersAgainHasItsPatientsBack(CapturedOutput output) {
    watch();
    given.measures.present.clear();
    pass(3);
    given.measures.present.add(WardOnTest.OTHER);
    pass(1);
    given.measures.take();

    // They beat there from now on
    given.scheduler.advance(Duration.ofMillis(1300));

    assertThat(output).containsOnlyOnce("Stethoscope 'core-2' answers again");
    assertThat(given.measures.done).contains("ask " + OWN).doesNotContain("ask " + OTHERS);
  }

  @Test
  void loneSurvivorFlagsLateAndWithOneVote() {
    watch();
    given.measures.present.clear();
    pass(20, OWN);
    assertThat(given.measures.flagged).isEmpty();

    pass(6, OWN);
    assertThat(given.votes(OWN)).containsExactly(WardOnTest.SELF);
  }

  @Test
  void opinionIsWhatTheInstanceAnswers() {
    watch();
    var opinion = given.ward.opinion(Members.instance(OTHERS, "a"));
    given.scheduler.runDue();
    given.answer(OTHERS);

    assertThat(opinion.join().finding()).isEqualTo(Finding.ANSWERS);
  }

  @Test
  void opinionOfOneThatOnlyBeatsHereSaysSo() {
    watch();
    given.beat(OTHERS);

    assertThat(opinion(OTHERS).finding()).isEqualTo(Finding.BEATS);
  }

  @Test
  void opinionOfOneThatBeatsHereDoesNotWaitForItsAnswer() {
    watch();
    given.beat(OTHERS);
    var opinion = given.ward.opinion(Members.instance(OTHERS, "a"));

    given.scheduler.advance(Duration.ofMillis(500));

    assertThat(opinion).isCompletedWithValue(Opinion.without(Finding.BEATS));
  }

  @Test
  void opinionOfOneThatIsNotHeardIsAVote() {
    watch();
    assertThat(opinion(OTHERS).finding()).isEqualTo(Finding.SILENT);
  }

  @Test
  void opinionOfADoubtingStethoscopeIsNone() {
    watch();
    pass(1);
    given.scheduler.advance(Duration.ofMillis(1500));

    assertThat(opinion(OTHERS).finding()).isEqualTo(Finding.UNSURE);
  }

  @Test
  void answerOfAnotherProcessIsNoOpinion() {
    watch();
    var opinion = given.ward.opinion(Members.instance(OTHERS, "a"));
    given.scheduler.runDue();
    given
        .question(OTHERS)
        .complete(new Heartbeat(new InstanceId("x"), 1, List.of(), CallTotals.NONE));

    assertThat(opinion.join().finding()).isEqualTo(Finding.SILENT);
  }

  @Test
  void complaintAboutAnothersPatientIsPassedOnAndNotTooOften() {
    watch();
    pass(1);
    given.complain(OWN, OTHERS);
    given.complain(OWN, OTHERS);

    assertThat(given.measures.take()).containsExactly("consult core-2 about " + OTHERS);
  }

  @Test
  void complaintPassedOnMakesItsStethoscopeAsk() {
    watch();
    pass(2);
    given.measures.take();

    opinion(OWN);

    assertThat(given.measures.done).contains(CONSULT);
  }

  @Test
  void complaintAloneNeverFlagsAndAnswerClears() {
    watch();
    pass(2);
    given.complain(OTHERS, OWN);
    pass(3);
    assertThat(given.measures.takeDeeds()).containsExactly("quarantine " + OWN);

    pass(60);
    assertThat(given.measures.flagged).isEmpty();
    given.answer(OWN);
    assertThat(given.measures.takeDeeds()).containsExactly("release " + OWN);
  }

  @Test
  void memberThatAnotherQuarantinedIsReleasedWhereItBeats() {
    given.pair();
    var members =
        IntStream.range(0, 40).mapToObj(number -> Members.serving(name(number), "a")).toList();
    given.ward.watch(members);
    pass(1);
    given.ward.watch(
        members.stream()
            .map(member ->
                member.instance().id().value().equals(OWN)
                    ? member.withState(InstanceState.QUARANTINED)
                    : member)
            .toList());

    pass(3);

    assertThat(given.measures.takeDeeds()).containsExactly("release " + OWN);
  }

  private static List<Instance> processes(String... ids) {
    return List.of(ids).stream().map(id -> Members.instance(id, "s")).toList();
  }

  @Test
  void newStethoscopeTakesItsShareAndNobodyIsQuarantinedByThat() {
    given.ward.colleagues(processes("core-1"));
    given.watch(40);
    pass(2);
    assertThat(given.ward.readings()).hasSize(40);
    given.measures.present.add(WardOnTest.OTHER);

    given.pair();
    // Everybody beats to the new one that is its
    for (int second = 0; second < 10; second++) {
      IntStream.range(0, 40)
          .mapToObj(WardOnTest::name)
          .filter(name -> WardOnTest.owner(name).equals(WardOnTest.SELF))
          .forEach(given::beat);
      given.scheduler.advance(Duration.ofSeconds(1));
    }

    assertThat(given.measures.done).isEmpty();
    assertThat(given.ward.readings()).hasSizeBetween(10, 30);
  }
}
