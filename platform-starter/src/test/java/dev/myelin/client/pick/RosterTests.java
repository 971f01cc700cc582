package dev.myelin.client.pick;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Who may be chosen, on a clock that stands until it is moved.
class RosterTests {

  private static final int THRESHOLD = EjectionSettings.defaults().failures();
  private static final Duration BASE = EjectionSettings.defaults().baseTime();

  private final PickScene scene = new PickScene();

  @Test
  void startingAndDrainingInstancesAreNeverCandidates() {
    scene.put("a", InstanceState.STARTING);
    scene.put("b", InstanceState.DRAINING);
    scene.put("c", InstanceState.SERVING);
    scene.publish();

    assertThat(scene.ids()).containsExactly("c");
  }

  @Test
  void quarantinedAreLeftOutUpToHalfAndUsedAboveThat() {
    scene.serving(4);
    scene.put("i0", InstanceState.QUARANTINED);
    scene.put("i1", InstanceState.QUARANTINED);
    scene.publish();
    assertThat(scene.ids()).containsExactly("i2", "i3");

    scene.put("i2", InstanceState.QUARANTINED);
    scene.publish();
    assertThat(scene.ids()).containsExactly("i0", "i1", "i2", "i3");
  }

  @Test
  void instanceIsEjectedAfterFailuresInARowOnly() {
    scene.serving(3);
    scene.fail("i0", THRESHOLD - 1);
    scene.candidate("i0").answered();
    scene.fail("i0", THRESHOLD - 1);
    assertThat(scene.ids()).containsExactly("i0", "i1", "i2");

    scene.fail("i0", 1);
    assertThat(scene.ids()).containsExactly("i1", "i2");
  }

  @Test
  void ejectionEndsAndLastsTwiceAsLongWhenTheNextAttemptFailsToo() {
    scene.serving(3);
    scene.fail("i0", THRESHOLD);

    scene.pass(BASE.minusNanos(1));
    assertThat(scene.ids()).doesNotContain("i0");
    scene.pass(Duration.ofNanos(1));
    assertThat(scene.ids()).contains("i0");

    scene.fail("i0", 1);
    scene.pass(BASE.multipliedBy(2).minusNanos(1));
    assertThat(scene.ids()).doesNotContain("i0");
    scene.pass(Duration.ofNanos(1));
    assertThat(scene.ids()).contains("i0");
  }

  @Test
  void ejectionIsNeverLongerThanTheLongest() {
    scene.serving(3);
    scene.fail("i0", THRESHOLD);
    for (int i = 0; i < 20; i++) {
      scene.pass(EjectionSettings.defaults().maxTime());
      assertThat(scene.ids()).contains("i0");
      scene.fail("i0", 1);
      assertThat(scene.ids()).doesNotContain("i0");
    }
  }

  @Test
  void ejectionStartsAnewForAnInstanceThatDidWellSince() {
    scene.serving(3);
    scene.fail("i0", THRESHOLD);
    scene.pass(BASE);
    scene.candidate("i0").answered();
    scene.pass(BASE.plusNanos(1));

    scene.fail("i0", THRESHOLD);
    scene.pass(BASE);

    assertThat(scene.ids()).contains("i0");
  }

  @Test
  void atMostHalfAreEjected() {
    scene.serving(5);
    for (int i = 0; i < 5; i++) {
      scene.fail("i" + i, THRESHOLD);
    }

    assertThat(scene.ids()).containsExactly("i2", "i3", "i4");
  }

  @Test
  void onlyInstanceIsNeverEjected() {
    scene.serving(1);
    scene.fail("i0", 100);

    assertThat(scene.ids()).containsExactly("i0");
  }

  @Test
  void ejectedAndQuarantinedTogetherAboveHalfAreAllUsed() {
    scene.serving(4);
    scene.fail("i0", THRESHOLD);
    scene.fail("i1", THRESHOLD);
    assertThat(scene.ids()).containsExactly("i2", "i3");

    scene.put("i2", InstanceState.QUARANTINED);
    scene.publish();

    assertThat(scene.ids()).containsExactly("i0", "i1", "i2", "i3");
  }

  @Test
  void ejectionSurvivesAChangeOfMembershipAndEndsWithTheInstance() {
    scene.serving(4);
    scene.fail("i0", THRESHOLD);
    scene.put("i4", InstanceState.SERVING);
    scene.publish();
    assertThat(scene.ids()).doesNotContain("i0");

    scene.put("i0", "another-host", InstanceState.SERVING);
    scene.publish();
    assertThat(scene.ids()).contains("i0");
  }

  @Test
  void instanceBackFromQuarantineStartsSlowly() {
    scene.serving(2);
    scene.put("i0", InstanceState.QUARANTINED);
    scene.publish();
    scene.candidates();
    scene.put("i0", InstanceState.SERVING);
    scene.publish();

    assertThat(scene.candidate("i0").weight(Duration.ofSeconds(10))).isEqualTo(0.1);
    assertThat(scene.candidate("i1").weight(Duration.ofSeconds(10))).isEqualTo(1);
  }

  @Test
  void candidatesAreTheIdenticalObjectUntilSomethingChanges() {
    scene.serving(3);
    var before = scene.candidates();

    assertThat(scene.candidates()).isSameAs(before);
    scene.publish();
    assertThat(scene.candidates()).isNotSameAs(before);
  }

  @Test
  void olderSnapshotChangesNothing() {
    scene.serving(3);
    var older = scene.snapshot();
    scene.remove("i0");
    scene.publish();
    var newest = scene.candidates();

    assertThat(scene.roster.candidates(older)).isSameAs(newest);
    assertThat(scene.candidates()).isSameAs(newest);
  }

  @Test
  void olderSnapshotWhenAllHaveLeftBringsNobodyBack() {
    scene.serving(2);
    var older = scene.snapshot();
    scene.remove("i0");
    scene.remove("i1");
    scene.publish();
    assertThat(scene.ids()).isEmpty();

    assertThat(scene.roster.candidates(older).size()).isZero();
    assertThat(scene.ids()).isEmpty();
  }

  @Test
  void instancesThatComeAfterAllHadLeftStartSlowly() {
    scene.serving(1);
    scene.candidates();
    scene.remove("i0");
    scene.publish();
    scene.candidates();
    scene.serving(1);

    assertThat(scene.candidate("i0").weight(Duration.ofSeconds(10))).isEqualTo(0.1);
  }

  @Test
  void ejectedInstanceThatDrainsMakesRoomForAnotherEjection() {
    scene.serving(4);
    scene.fail("i0", THRESHOLD);
    scene.fail("i1", THRESHOLD);
    scene.put("i0", InstanceState.DRAINING);
    scene.put("i4", InstanceState.SERVING);
    scene.publish();
    scene.fail("i2", THRESHOLD);

    assertThat(scene.ids()).containsExactly("i3", "i4");
  }

  @Test
  void drainingInstanceIsNotEjectedInPlaceOfOneThatServes() {
    scene.serving(3);
    var leaving = scene.candidate("i0");
    scene.put("i0", InstanceState.DRAINING);
    scene.publish();
    scene.candidates();
    for (int i = 0; i < THRESHOLD; i++) {
      scene.roster.failed(leaving);
    }
    scene.fail("i1", THRESHOLD);

    assertThat(scene.ids()).containsExactly("i2");
  }

  @Test
  void clockThatStepsBackLeavesAnEjectionInForce() {
    scene.serving(3);
    scene.fail("i0", THRESHOLD);

    scene.pass(Duration.ofHours(-1));
    assertThat(scene.ids()).containsExactly("i1", "i2");
    scene.pass(Duration.ofHours(1).plus(BASE));
    assertThat(scene.ids()).containsExactly("i0", "i1", "i2");
  }

  @Test
  void failuresThatComeAtOnceFromManyThreadsEjectOnce() throws InterruptedException {
    scene.serving(3);
    var candidate = scene.candidate("i0");
    var threads =
        IntStream.range(0, 8)
            .mapToObj(_ -> Thread.ofVirtual().unstarted(() -> failOften(candidate)))
            .toList();
    threads.forEach(Thread::start);
    for (var thread : threads) {
      thread.join();
    }

    assertThat(scene.ids()).containsExactly("i1", "i2");
    scene.pass(BASE);
    assertThat(scene.ids()).containsExactly("i0", "i1", "i2");
  }

  private void failOften(Candidate candidate) {
    for (int i = 0; i < 1_000; i++) {
      scene.roster.failed(candidate);
    }
  }

  @Test
  void candidatesOfAHugeServiceKeepWhatIsKnownOfThem() {
    scene.serving(10_000);
    var before = scene.candidate("i4711");
    var _ = before.started();
    scene.put("i10000", InstanceState.SERVING);
    scene.put("i17", InstanceState.QUARANTINED);
    scene.publish();

    assertThat(scene.ids()).hasSize(10_000).doesNotContain("i17").contains("i10000");
    assertThat(scene.candidate("i4711")).isSameAs(before);
    assertThat(scene.candidate("i4711").inFlight()).isEqualTo(1);
  }

  @Test
  void evidenceIsWhatDidNotAnswerTwiceAMomentAgoAndWhatIsEjected() {
    scene.serving(4);
    scene.fail("i0", 1);
    scene.fail("i1", 2);
    scene.fail("i2", THRESHOLD);
    assertThat(scene.roster.suspects())
        .extracting(InstanceId::value)
        .containsExactlyInAnyOrder("i1", "i2");

    scene.candidate("i1").answered();
    assertThat(scene.roster.suspects()).extracting(InstanceId::value).containsExactly("i2");

    scene.fail("i1", 2);
    scene.pass(Duration.ofSeconds(6));
    scene.ids();
    assertThat(scene.roster.suspects()).isEmpty();
  }
}
