package dev.myelin.orchestrator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.orchestrator.deploy.Exit;
import dev.myelin.orchestrator.deploy.ProcessKey;
import dev.myelin.orchestrator.deploy.Spawned;
import dev.myelin.orchestrator.reconcile.Picture.Seen;
import dev.myelin.orchestrator.reconcile.Picture.Stop;
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
import dev.myelin.orchestrator.reconcile.Tracked.Identity;
import dev.myelin.orchestrator.reconcile.Tracked.Turn;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Instance;
import dev.myelin.wire.Instance.ProcessIdentity;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.Role;
import dev.myelin.wire.ServiceNames;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class PlannerTests {

  private static final InstanceId ID = new InstanceId("price-list-1");
  private static final String PRICES = "price-list";
  private static final Endpoint ENDPOINT = new Endpoint("127.0.0.1", 4_000);
  private static final long NOW = Long.MIN_VALUE + 1_000;
  private static final Set<String> TAKEN = new TreeSet<>();

  private final Planner planner = new Planner(World.settings());

  private static long ago(Duration time) {
    return NOW - time.toNanos();
  }

  private static long in(Duration time) {
    return NOW + time.toNanos();
  }

  /// An instance of a service in some stage, as of now, alive and registered unless changed.
  private record Case(
      String service,
      Stage stage,
      long since,
      Turn turn,
      boolean alive,
      @Nullable InstanceState state) {

    static Case of(Stage stage) {
      return new Case(PRICES, stage, NOW, Turn.free(NOW), true, InstanceState.SERVING);
    }

    Case since(Duration time) {
      return new Case(service, stage, ago(time), turn, alive, state);
    }

    Case busy() {
      return new Case(service, stage, since, new Turn(true, NOW), alive, state);
    }

    Case notBefore(Duration time) {
      return new Case(service, stage, since, new Turn(false, in(time)), alive, state);
    }

    Case dead() {
      return new Case(service, stage, since, turn, false, state);
    }

    Case listedAs(@Nullable InstanceState listed) {
      return new Case(service, stage, since, turn, alive, listed);
    }

    Case hosting(String name) {
      return new Case(name, stage, since, turn, alive, state);
    }

    Seen seen(InstanceId id, @Nullable String verdict, int inFlight) {
      var spawned =
          stage instanceof Spawning
              ? null
              : new Spawned(id, new ProcessKey(42, Instant.EPOCH), new CompletableFuture<Exit>());
      var tracked =
          new Tracked(new Identity(id, service, Instant.EPOCH), spawned, stage, since, turn, null);
      var member =
          state == null || stage instanceof Spawning ? null : new Member(instance(id), state);
      return new Seen(
          tracked, alive, alive ? "" : "ended with exit code 1", member, verdict, inFlight);
    }
  }

  private static Instance instance(InstanceId id) {
    return new Instance(
        id,
        List.of(PRICES),
        ENDPOINT,
        null,
        new ProcessIdentity(Role.INSTANCE, 42, "b1", Instant.EPOCH));
  }

  private static Picture picture(Map<String, Integer> desired, @Nullable Stop stop, Seen... seen) {
    return new Picture(NOW, desired, List.of(seen), List.of(), Set.of(), stop);
  }

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
          .contains(new Action.MarkEnded(ID, "ended with exit code 1"));
    }
  }

  @Test
  void replacementWaitsUntilTheEndIsNoted() {
    assertThat(plan(Case.of(new Serving()).dead()))
        .containsExactly(new Action.MarkEnded(ID, "ended with exit code 1"));
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

  // Staffing

  private static Seen serving(String id, int inFlight) {
    return Case.of(new Serving()).seen(new InstanceId(id), null, inFlight);
  }

  @Test
  void leastUsefulInstancesLeaveFirst() {
    var quarantined =
        Case.of(new Serving())
            .listedAs(InstanceState.QUARANTINED)
            .seen(new InstanceId("a-1"), null, 9);
    var picture =
        picture(
            Map.of(PRICES, 2),
            null,
            serving("d-1", 1),
            quarantined,
            serving("b-1", 0),
            serving("c-1", 2));

    assertThat(planner.plan(picture))
        .containsExactlyInAnyOrder(
            new Action.Announce(new InstanceId("a-1"), "2 are enough"),
            new Action.Announce(new InstanceId("b-1"), "2 are enough"));
  }

  @Test
  void startingInstanceLeavesBeforeAServingOne() {
    var picture =
        picture(
            Map.of(PRICES, 1),
            null,
            serving("a-1", 0),
            Case.of(new Starting()).listedAs(null).seen(new InstanceId("b-1"), null, 0));

    assertThat(planner.plan(picture))
        .singleElement()
        .isInstanceOfSatisfying(
            Action.Drain.class, drain -> assertThat(drain.id().value()).isEqualTo("b-1"));
  }

  @Test
  void missingInstancesAreStartedInTheirOrder() {
    var desired = new LinkedHashMap<String, Integer>();
    desired.put(ServiceNames.FRONT, 1);
    desired.put("a", 3);
    desired.put("b", 1);

    var wide =
        new Planner(
            new ReconcileSettings(
                Duration.ofSeconds(90),
                World.settings().retirement(),
                new ReconcileSettings.Counts(1, 40, 10),
                World.settings().pace()));
    assertThat(wide.plan(picture(desired, null)))
        .containsExactly(
            new Action.Spawn(ServiceNames.FRONT),
            new Action.Spawn("a"),
            new Action.Spawn("b"),
            new Action.Spawn("a"),
            new Action.Spawn("a"));
    assertThat(planner.plan(picture(desired, null)))
        .containsExactly(new Action.Spawn(ServiceNames.FRONT), new Action.Spawn("a"));
  }

  @Test
  void serviceThatHasToWaitDoesNotHoldUpTheOthers() {
    var picture = new Picture(NOW, Map.of("a", 1, "b", 1), List.of(), List.of(), Set.of("a"), null);

    assertThat(planner.plan(picture)).containsExactly(new Action.Spawn("b"));
  }

  @Test
  void startingInstancesCountAgainstTheLimitOfStarts() {
    var starting = Case.of(new Starting()).hosting("a").listedAs(null);
    var picture =
        picture(
            Map.of("a", 2, "b", 5),
            null,
            starting.seen(new InstanceId("a-1"), null, 0),
            starting.seen(new InstanceId("a-2"), null, 0));

    assertThat(planner.plan(picture)).isEmpty();
  }

  @Test
  void limitOfProcessesIsKept() {
    var seen = new ArrayList<Seen>();
    for (int i = 0; i < 11; i++) {
      seen.add(serving("p-" + i, 0));
    }
    var desired = Map.of(PRICES, 14);

    assertThat(planner.plan(picture(desired, null, seen.toArray(Seen[]::new)))).hasSize(1);
    seen.add(serving("p-11", 0));
    assertThat(planner.plan(picture(desired, null, seen.toArray(Seen[]::new)))).isEmpty();
  }

  @Test
  void strangerIsAdoptedAndCounted() {
    var picture =
        new Picture(NOW, Map.of(PRICES, 1), List.of(), List.of(instance(ID)), Set.of(), null);

    assertThat(planner.plan(picture)).containsExactly(new Action.Adopt(instance(ID)));
  }

  @Test
  void serviceThatIsNotWantedAnyMoreIsEmptied() {
    assertThat(planner.plan(picture(Map.of(), null, serving("a-1", 3))))
        .containsExactly(new Action.Announce(new InstanceId("a-1"), "not wanted any more"));
  }

  // The ordered stop

  private static Seen front(Stage stage) {
    return Case.of(stage).hosting(ServiceNames.FRONT).seen(new InstanceId("front-1"), null, 0);
  }

  @Test
  void stopBeginsWithTheFront() {
    var stop = new Stop(in(Duration.ofSeconds(10)), in(Duration.ofSeconds(20)));
    var desired = Map.of(ServiceNames.FRONT, 1, PRICES, 3);

    assertThat(planner.plan(picture(desired, stop, serving("a-1", 0), front(new Serving()))))
        .containsExactly(new Action.Announce(new InstanceId("front-1"), "the cluster stops"));
    assertThat(planner.plan(picture(desired, stop, serving("a-1", 0), front(new Ended("drained")))))
        .containsExactly(
            new Action.Announce(new InstanceId("a-1"), "the cluster stops"),
            new Action.Bury(new InstanceId("front-1"), "drained"));
  }

  @Test
  void halfOfTheStopIsTheFronts() {
    var stop = new Stop(NOW, in(Duration.ofSeconds(10)));

    assertThat(
            planner.plan(
                picture(
                    Map.of(),
                    stop,
                    serving("a-1", 0),
                    front(new Draining(in(Duration.ofSeconds(9)), "x")))))
        .containsExactly(new Action.Announce(new InstanceId("a-1"), "the cluster stops"));
  }

  @Test
  void drainOfAStopEndsWithTheStop() {
    var stop = new Stop(NOW, in(Duration.ofSeconds(7)));

    assertThat(
            planner.plan(picture(Map.of(), stop, Case.of(new Acknowledged("x")).seen(ID, null, 0))))
        .containsExactly(new Action.Drain(ID, ENDPOINT, in(Duration.ofSeconds(7)), "x"));
  }

  @Test
  void endOfTheStopKillsWhatIsLeft() {
    var stop = new Stop(ago(Duration.ofSeconds(10)), NOW);

    assertThat(
            planner.plan(
                picture(
                    Map.of(),
                    stop,
                    Case.of(new Draining(in(Duration.ofSeconds(9)), "the cluster stops"))
                        .busy()
                        .seen(ID, null, 0))))
        .containsExactly(new Action.Kill(ID, "the cluster stops; out of time"));
  }

  @Test
  void nothingIsStartedOrAdoptedInAStop() {
    var stop = new Stop(in(Duration.ofSeconds(1)), in(Duration.ofSeconds(2)));
    var picture =
        new Picture(NOW, Map.of(PRICES, 5), List.of(), List.of(instance(ID)), Set.of(), stop);

    assertThat(planner.plan(picture)).isEmpty();
  }
}
