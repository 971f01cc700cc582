package dev.myelin.client.pick;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.wire.InstanceState;
import java.time.Duration;
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
}
