package dev.myelin.orchestrator.reconcile;

import static dev.myelin.orchestrator.reconcile.Pictures.PRICES;
import static dev.myelin.orchestrator.reconcile.Pictures.picture;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.orchestrator.reconcile.Picture.Seen;
import dev.myelin.orchestrator.reconcile.Pictures.Case;
import dev.myelin.orchestrator.reconcile.Stage.Serving;
import dev.myelin.orchestrator.reconcile.Stage.Starting;
import dev.myelin.orchestrator.reconcile.Tracked.Identity;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class NamingTests {

  private static final Case SERVING = Case.of(new Serving());

  private static InstanceId id(String value) {
    return new InstanceId(value);
  }

  private static Seen named(String id) {
    return SERVING.seen(id(id), null, 0);
  }

  private static Seen unnamed(Case of, String id, long age) {
    var seen = of.seen(id(id), null, 0);
    var tracked = seen.tracked();
    var member = seen.member();
    return new Seen(
        new Tracked(
            new Identity(id(id), tracked.service(), Instant.EPOCH.minusSeconds(age)),
            tracked.spawned(),
            tracked.stage(),
            tracked.since(),
            tracked.turn(),
            tracked.flag()),
        seen.alive(),
        seen.exit(),
        member == null ? null : member.withNamed(List.of()),
        seen.inFlight());
  }

  private static List<Action> names(Seen... seen) {
    return Naming.missing(picture(Map.of(PRICES, seen.length), null, seen), Set.of());
  }

  @Test
  void oldestIsNamedWhereNobodyIs() {
    assertThat(names(unnamed(SERVING, "a", 5), unnamed(SERVING, "b", 9), unnamed(SERVING, "c", 1)))
        .containsExactly(new Action.Name(id("b")));
  }

  @Test
  void ofTwoAsOldTheFirstByIdIsNamed() {
    assertThat(names(unnamed(SERVING, "b", 5), unnamed(SERVING, "a", 5)))
        .containsExactly(new Action.Name(id("a")));
  }

  @Test
  void namedOneStaysWhoeverComes() {
    assertThat(names(unnamed(SERVING, "a", 99), named("b"))).isEmpty();
  }

  @Test
  void namedOneThatIsBeingTakenOverStays() {
    var adopted = Case.of(new Stage.Adopting(false)).seen(id("a"), null, 0);

    assertThat(names(adopted, unnamed(SERVING, "b", 9))).isEmpty();
  }

  @Test
  void nobodyIsNamedWhileAnInstanceOfTheServiceIsNotTakenOverYet() {
    var stranger = Pictures.instance(id("stranger"));
    var picture =
        new Picture(
            Pictures.NOW,
            Map.of(PRICES, 2),
            List.of(unnamed(SERVING, "a", 1)),
            List.of(stranger),
            Set.of(),
            null);

    assertThat(Naming.missing(picture, Set.of())).isEmpty();
  }

  @Test
  void everyServiceHasAName() {
    assertThat(
            names(
                named("a"),
                unnamed(SERVING.hosting("tax"), "t", 1),
                unnamed(SERVING.hosting("front"), "f", 1)))
        .containsExactly(new Action.Name(id("f")), new Action.Name(id("t")));
  }

  @Test
  void anotherIsNamedWhenTheNamedOneIsAboutToLeave() {
    var seen = new Seen[] {named("a"), unnamed(SERVING, "b", 1)};

    assertThat(Naming.missing(picture(Map.of(PRICES, 1), null, seen), Set.of(id("a"))))
        .containsExactly(new Action.Name(id("b")));
  }

  @Test
  void anotherIsNamedWhenTheNamedOneDoesNotServe() {
    var other = unnamed(SERVING, "b", 1);

    assertThat(names(SERVING.listedAs(InstanceState.QUARANTINED).seen(id("a"), null, 0), other))
        .containsExactly(new Action.Name(id("b")));
    assertThat(names(SERVING.listedAs(InstanceState.DRAINING).seen(id("a"), null, 0), other))
        .containsExactly(new Action.Name(id("b")));
    assertThat(names(SERVING.dead().seen(id("a"), null, 0), other))
        .containsExactly(new Action.Name(id("b")));
    assertThat(names(SERVING.seen(id("a"), "silent", 0), other))
        .containsExactly(new Action.Name(id("b")));
  }

  @Test
  void nobodyIsNamedWhoDoesNotServe() {
    assertThat(
            names(
                unnamed(Case.of(new Starting()), "a", 1),
                unnamed(SERVING.listedAs(InstanceState.QUARANTINED), "b", 1),
                unnamed(SERVING.listedAs(null), "c", 1),
                unnamed(SERVING.dead(), "d", 1)))
        .isEmpty();
  }

  @Test
  void oneThatIsBusyIsWaitedFor() {
    assertThat(names(unnamed(SERVING.busy(), "a", 9), unnamed(SERVING, "b", 1))).isEmpty();
  }

  @Test
  void nobodyIsNamedInAStop() {
    var planner = new Planner(World.settings());
    var stop = new Picture.Stop(Pictures.NOW + 1, Pictures.NOW + 1, Pictures.NOW + 2);

    assertThat(planner.plan(picture(Map.of(PRICES, 1), stop, unnamed(SERVING, "a", 1))))
        .noneMatch(Action.Name.class::isInstance);
  }
}
