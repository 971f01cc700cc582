package dev.myelin.orchestrator.reconcile;

import static dev.myelin.orchestrator.reconcile.Pictures.ENDPOINT;
import static dev.myelin.orchestrator.reconcile.Pictures.ID;
import static dev.myelin.orchestrator.reconcile.Pictures.NOW;
import static dev.myelin.orchestrator.reconcile.Pictures.PRICES;
import static dev.myelin.orchestrator.reconcile.Pictures.ago;
import static dev.myelin.orchestrator.reconcile.Pictures.in;
import static dev.myelin.orchestrator.reconcile.Pictures.picture;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.orchestrator.reconcile.Pictures.Case;
import dev.myelin.orchestrator.reconcile.Stage.Acknowledged;
import dev.myelin.orchestrator.reconcile.Stage.Adopting;
import dev.myelin.orchestrator.reconcile.Stage.Announced;
import dev.myelin.orchestrator.reconcile.Stage.Draining;
import dev.myelin.orchestrator.reconcile.Stage.Ended;
import dev.myelin.orchestrator.reconcile.Stage.Killed;
import dev.myelin.orchestrator.reconcile.Stage.Retiring;
import dev.myelin.orchestrator.reconcile.Stage.Serving;
import dev.myelin.orchestrator.reconcile.Stage.Spawning;
import dev.myelin.orchestrator.reconcile.Stage.Starting;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class PlannerTests {

  private static final Set<String> TAKEN = new TreeSet<>();

  private final Planner planner = new Planner(World.settings());

  /// What is planned for one instance of which there is to be one.
  private List<Action> plan(Case wanted) {
    return noted(wanted, planner.plan(picture(Map.of(PRICES, 1), null, wanted.seen(ID, null, 0))));
  }

  /// What is planned for one instance of which there is to be none.
  private List<Action> planForOneTooMany(Case surplus) {
    return noted(
        surplus, planner.plan(picture(Map.of(PRICES, 0), null, surplus.seen(ID, null, 0))));
  }

  private static List<Action> noted(Case from, List<Action> actions) {
    actions.forEach(action ->
        TAKEN.add(
            from.stage().getClass().getSimpleName() + " -> " + action.getClass().getSimpleName()));
    return actions;
  }

  @AfterAll
  static void everyStepOfALifeWasTaken() {
    assertThat(TAKEN)
        .contains(
            "Starting -> MarkServing",
            "Starting -> MarkEnded",
            "Starting -> Kill",
            "Starting -> Drain",
            "Adopting -> Check",
            "Adopting -> Announce",
            "Adopting -> Kill",
            "Adopting -> MarkEnded",
            "Serving -> Announce",
            "Serving -> Kill",
            "Serving -> MarkEnded",
            "Retiring -> Announce",
            "Retiring -> Drain",
            "Retiring -> MarkEnded",
            "Announced -> AskAcknowledgement",
            "Announced -> Drain",
            "Announced -> MarkEnded",
            "Acknowledged -> Drain",
            "Acknowledged -> MarkEnded",
            "Draining -> Kill",
            "Draining -> MarkEnded",
            "Killed -> Kill",
            "Killed -> MarkEnded",
            "Ended -> Bury");
  }

  @Test
  void spawningInstanceIsWaitedFor() {
    assertThat(plan(Case.of(new Spawning()).since(Duration.ofHours(1)))).isEmpty();
  }

  @Test
  void startingInstanceServesOnceItHasRegistered() {
    assertThat(plan(Case.of(new Starting()))).containsExactly(new Action.MarkServing(ID));
    assertThat(plan(Case.of(new Starting()).listedAs(null))).isEmpty();
  }

  @Test
  void startingInstanceIsKilledAfterItsTime() {
    var slow = Case.of(new Starting()).listedAs(null);

    assertThat(plan(slow.since(Duration.ofSeconds(89)))).isEmpty();
    assertThat(plan(slow.since(Duration.ofSeconds(90))))
        .containsExactly(new Action.Kill(ID, "has not registered after 90 s"));
  }

  @Test
  void startingInstanceThatIsTooManyIsAskedToEnd() {
    assertThat(planForOneTooMany(Case.of(new Starting()).listedAs(null)))
        .containsExactly(
            new Action.Drain(ID, null, in(Duration.ofSeconds(30)), "not wanted any more"));
  }

  @Test
  void adoptedInstanceIsCheckedOnceItsAddressIsKnown() {
    assertThat(plan(Case.of(new Adopting(false)).listedAs(null))).isEmpty();
    assertThat(plan(Case.of(new Adopting(false)))).containsExactly(new Action.Check(ID, ENDPOINT));
  }

  @Test
  void adoptedInstanceIsKilledAfterItsTime() {
    assertThat(plan(Case.of(new Adopting(true)).since(Duration.ofSeconds(90))))
        .containsExactly(new Action.Kill(ID, "has not answered after 90 s"));
  }

  @Test
  void adoptedInstanceThatWasLeavingGoesOn() {
    assertThat(plan(Case.of(new Adopting(false)).listedAs(InstanceState.DRAINING)))
        .containsExactly(new Action.Announce(ID, "was leaving already"), new Action.Spawn(PRICES));
  }

  @Test
  void servingInstanceIsLeftAlone() {
    assertThat(plan(Case.of(new Serving()).since(Duration.ofDays(30)))).isEmpty();
    assertThat(plan(Case.of(new Serving()).listedAs(InstanceState.QUARANTINED))).isEmpty();
    assertThat(plan(Case.of(new Serving()).listedAs(null))).isEmpty();
  }

  @Test
  void servingInstanceThatIsTooManyLeaves() {
    assertThat(planForOneTooMany(Case.of(new Serving())))
        .containsExactly(new Action.Announce(ID, "not wanted any more"));
  }

  @Test
  void announcementThatFailedIsTriedAgainForAWhile() {
    var retiring = Case.of(new Retiring("1 are enough"));

    assertThat(plan(retiring.since(Duration.ofMillis(1_999))))
        .contains(new Action.Announce(ID, "1 are enough"));
    assertThat(plan(retiring.since(Duration.ofSeconds(2))))
        .contains(new Action.Drain(ID, ENDPOINT, in(Duration.ofSeconds(30)), "1 are enough"));
  }

  @Test
  void acknowledgementIsWaitedForForAWhile() {
    var announced = Case.of(new Announced(17, "1 are enough"));

    assertThat(plan(announced)).contains(new Action.AskAcknowledgement(ID, 17));
    assertThat(plan(announced.since(Duration.ofSeconds(2))))
        .contains(new Action.Drain(ID, ENDPOINT, in(Duration.ofSeconds(30)), "1 are enough"));
  }

  @Test
  void acknowledgedInstanceDrains() {
    assertThat(plan(Case.of(new Acknowledged("1 are enough"))))
        .contains(new Action.Drain(ID, ENDPOINT, in(Duration.ofSeconds(30)), "1 are enough"));
  }

  @Test
  void drainingInstanceIsKilledAfterItsTimeAndGrace() {
    assertThat(plan(Case.of(new Draining(ago(Duration.ofSeconds(4)), "x"))))
        .containsExactly(new Action.Spawn(PRICES));
    assertThat(plan(Case.of(new Draining(ago(Duration.ofSeconds(5)), "x"))))
        .contains(new Action.Kill(ID, "x; did not end after its drain"));
  }

  @Test
  void killedInstanceIsKilledAgain() {
    assertThat(plan(Case.of(new Killed("hung")).since(Duration.ofSeconds(4))))
        .containsExactly(new Action.Spawn(PRICES));
    assertThat(plan(Case.of(new Killed("hung")).since(Duration.ofSeconds(5))))
        .contains(new Action.Kill(ID, "hung"));
  }

  @Test
  void endedInstanceIsBuriedAndReplaced() {
    assertThat(plan(Case.of(new Ended("crashed"))))
        .containsExactly(new Action.Bury(ID, "crashed"), new Action.Spawn(PRICES));
  }

  @Test
  void endOfAProcessIsNotedInEveryStageEvenWhileAnActionRuns() {
    for (var stage :
        List.of(
            new Starting(),
            new Adopting(false),
            new Serving(),
            new Retiring("x"),
            new Announced(1, "x"),
            new Acknowledged("x"),
            new Draining(NOW, "x"),
            new Killed("x"))) {
      assertThat(plan(Case.of(stage).dead().busy()))
          .as("%s", stage)
          .contains(new Action.MarkEnded(ID, "ended with exit code 1", true));
    }
  }

  @Test
  void replacementWaitsUntilTheEndIsNoted() {
    assertThat(plan(Case.of(new Serving()).dead()))
        .containsExactly(new Action.MarkEnded(ID, "ended with exit code 1", true));
  }

  @Test
  void condemnedInstanceIsKilledInEveryStageEvenWhileAnActionRuns() {
    for (var stage :
        List.of(
            new Starting(),
            new Adopting(false),
            new Serving(),
            new Retiring("x"),
            new Announced(1, "x"),
            new Acknowledged("x"),
            new Draining(in(Duration.ofSeconds(9)), "x"))) {
      var condemned = Case.of(stage).busy().seen(ID, "silent", 0);

      assertThat(planner.plan(picture(Map.of(PRICES, 1), null, condemned)))
          .as("%s", stage)
          .contains(new Action.Kill(ID, "flagged: silent"));
    }
    var serving = Case.of(new Serving());
    assertThat(
            noted(
                serving,
                planner.plan(picture(Map.of(PRICES, 1), null, serving.seen(ID, "silent", 0)))))
        .containsExactly(new Action.Kill(ID, "flagged: silent"));
  }

  @Test
  void condemnedInstanceThatIsGoneAlreadyIsNotKilled() {
    assertThat(
            planner.plan(
                picture(
                    Map.of(PRICES, 0),
                    null,
                    Case.of(new Ended("x")).seen(ID, "silent", 0),
                    Case.of(new Killed("x")).seen(new InstanceId("b-1"), "silent", 0),
                    Case.of(new Spawning()).busy().seen(new InstanceId("c-1"), "silent", 0))))
        .containsExactly(new Action.Bury(ID, "x"));
  }

  @Test
  void busyInstanceIsLeftAlone() {
    assertThat(planForOneTooMany(Case.of(new Serving()).busy())).isEmpty();
    assertThat(plan(Case.of(new Adopting(true)).busy().since(Duration.ofHours(1)))).isEmpty();
  }

  @Test
  void failedActionIsNotTriedBeforeItsTime() {
    assertThat(plan(Case.of(new Adopting(true)).notBefore(Duration.ofNanos(1)))).isEmpty();
    assertThat(plan(Case.of(new Adopting(true)).notBefore(Duration.ZERO))).isNotEmpty();
  }
}
