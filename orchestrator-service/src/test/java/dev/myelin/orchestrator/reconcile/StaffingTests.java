package dev.myelin.orchestrator.reconcile;

import static dev.myelin.orchestrator.reconcile.Pictures.ENDPOINT;
import static dev.myelin.orchestrator.reconcile.Pictures.ID;
import static dev.myelin.orchestrator.reconcile.Pictures.NOW;
import static dev.myelin.orchestrator.reconcile.Pictures.PRICES;
import static dev.myelin.orchestrator.reconcile.Pictures.ago;
import static dev.myelin.orchestrator.reconcile.Pictures.in;
import static dev.myelin.orchestrator.reconcile.Pictures.instance;
import static dev.myelin.orchestrator.reconcile.Pictures.picture;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.orchestrator.reconcile.Picture.Seen;
import dev.myelin.orchestrator.reconcile.Picture.Stop;
import dev.myelin.orchestrator.reconcile.Pictures.Case;
import dev.myelin.orchestrator.reconcile.Stage.Acknowledged;
import dev.myelin.orchestrator.reconcile.Stage.Draining;
import dev.myelin.orchestrator.reconcile.Stage.Ended;
import dev.myelin.orchestrator.reconcile.Stage.Serving;
import dev.myelin.orchestrator.reconcile.Stage.Starting;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.ServiceNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class StaffingTests {

  private final Planner planner = new Planner(World.settings());

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
                new ReconcileSettings.Counts(1, 40, 10, 0),
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

  private static Seen front(Stage stage) {
    return Case.of(stage).hosting(ServiceNames.FRONT).seen(new InstanceId("front-1"), null, 0);
  }

  @Test
  void stopBeginsWithTheFront() {
    var stop =
        new Stop(
            in(Duration.ofSeconds(10)), in(Duration.ofSeconds(15)), in(Duration.ofSeconds(20)));
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
    var stop = new Stop(NOW, in(Duration.ofSeconds(5)), in(Duration.ofSeconds(10)));

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
    var stop = new Stop(NOW, in(Duration.ofSeconds(4)), in(Duration.ofSeconds(7)));

    assertThat(
            planner.plan(picture(Map.of(), stop, Case.of(new Acknowledged("x")).seen(ID, null, 0))))
        .containsExactly(new Action.Drain(ID, ENDPOINT, in(Duration.ofSeconds(7)), "x"));
  }

  @Test
  void endOfTheStopKillsWhatIsLeft() {
    var stop = new Stop(ago(Duration.ofSeconds(10)), ago(Duration.ofSeconds(5)), NOW);

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
    var stop =
        new Stop(in(Duration.ofSeconds(1)), in(Duration.ofSeconds(2)), in(Duration.ofSeconds(3)));
    var picture =
        new Picture(NOW, Map.of(PRICES, 5), List.of(), List.of(instance(ID)), Set.of(), stop);

    assertThat(planner.plan(picture)).isEmpty();
  }
}
