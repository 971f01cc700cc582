package dev.myelin.orchestrator.reconcile;

import static dev.myelin.orchestrator.reconcile.Pictures.NOW;
import static dev.myelin.orchestrator.reconcile.Pictures.PRICES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.orchestrator.reconcile.Action.Announce;
import dev.myelin.orchestrator.reconcile.Action.Drain;
import dev.myelin.orchestrator.reconcile.Action.Spawn;
import dev.myelin.orchestrator.reconcile.Picture.Demand;
import dev.myelin.orchestrator.reconcile.Picture.Seen;
import dev.myelin.orchestrator.reconcile.Pictures.Case;
import dev.myelin.orchestrator.rollout.Versions;
import dev.myelin.orchestrator.rollout.Versions.Order;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What is planned for a service of which two instances are desired, while `v2` is wanted.
final class ReplacementTests {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Case SERVING = Case.of(new Stage.Serving()).since(LONG);

  private final Planner planner = new Planner(World.settings());
  private final List<Seen> seen = new ArrayList<>();

  private ReplacementTests have(String version, Case found) {
    var id = new InstanceId("price-list-" + version + seen.size());
    var one = found.seen(id, null, 0);
    var tracked = one.tracked();
    seen.add(
        new Seen(
            new Tracked(
                new Tracked.Identity(
                    id, tracked.service(), tracked.identity().startedAt(), version),
                tracked.spawned(),
                tracked.stage(),
                tracked.since(),
                tracked.turn(),
                tracked.flag()),
            one.alive(),
            one.exit(),
            one.member(),
            one.inFlight()));
    return this;
  }

  private List<Action> plan() {
    var versions =
        new Versions(Map.of(PRICES, "v2"), Map.of("v2", "2.jar"), Set.of(), Order.SERVICES_FIRST);
    return planner.plan(
        new Picture(NOW, new Demand(Map.of(PRICES, 2), versions), seen, List.of(), Set.of(), null));
  }

  private static InstanceId id(String version, int number) {
    return new InstanceId("price-list-" + version + number);
  }

  @Test
  void oneMoreIsStarted() {
    assertThat(have("v1", SERVING).have("v1", SERVING).plan()).containsExactly(new Spawn(PRICES));
  }

  @Test
  void nobodyLeavesWhileItStarts() {
    assertThat(
            have("v1", SERVING)
                .have("v1", SERVING)
                .have("v2", Case.of(new Stage.Starting()).listedAs(null))
                .plan())
        .isEmpty();
  }

  @Test
  void nobodyLeavesUntilItHasServedForAMoment() {
    assertThat(
            have("v1", SERVING)
                .have("v1", SERVING)
                .have("v2", Case.of(new Stage.Serving()).since(Duration.ofMillis(999)))
                .plan())
        .isEmpty();
  }

  @Test
  void oneLeavesWhenItIsReady() {
    assertThat(have("v1", SERVING).have("v1", SERVING).have("v2", SERVING).plan())
        .containsExactly(new Announce(id("v1", 0), "replaced by v2"));
  }

  @Test
  void nextOneWaitsForTheProcessOfTheLast() {
    assertThat(
            have("v1", Case.of(new Stage.Draining(NOW + 1, "x")).listedAs(InstanceState.DRAINING))
                .have("v1", SERVING)
                .have("v2", SERVING)
                .plan())
        .isEmpty();
  }

  @Test
  void startOfTheOldVersionIsGivenUp() {
    assertThat(
            have("v1", SERVING)
                .have("v1", Case.of(new Stage.Starting()).listedAs(null))
                .have("v2", SERVING)
                .plan())
        .singleElement()
        .isInstanceOfSatisfying(
            Drain.class, drain -> assertThat(drain.id()).isEqualTo(id("v1", 1)));
  }

  // after a takeover, before pubsub has said who is there
  @Test
  void nobodyLeavesWhileItIsNotKnownWhoServes() {
    var found = Case.of(new Stage.Adopting(false)).listedAs(null);

    assertThat(have("v1", found).have("v1", found).have("v2", found).plan()).isEmpty();
  }

  @Test
  void quarantinedOneGoesFirst() {
    assertThat(
            have("v1", SERVING)
                .have("v1", SERVING.listedAs(InstanceState.QUARANTINED))
                .have("v2", Case.of(new Stage.Starting()).listedAs(null))
                .plan())
        .containsExactly(new Announce(id("v1", 1), "replaced by v2"));
  }

  @Test
  void instanceOfAnUnknownVersionStays() {
    assertThat(have("", SERVING).have("v2", SERVING).plan()).isEmpty();
  }

  @Test
  void allOfTheWantedVersionAreLeftAlone() {
    assertThat(have("v2", SERVING).have("v2", SERVING).plan()).isEmpty();
  }
}
