package dev.myelin.orchestrator.reconcile;

import static dev.myelin.orchestrator.reconcile.World.PRICES;
import static dev.myelin.orchestrator.reconcile.World.TAX;
import static dev.myelin.orchestrator.reconcile.World.TICK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.ApplicationView.Phase;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.RolloutAnswer.Verdict;
import dev.myelin.wire.ServiceNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How one version takes the place of another, and how it does not.
final class RolloutSimulationTests {

  private static final String FRONT = ServiceNames.FRONT;
  private static final Duration LONG = Duration.ofMinutes(4);

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path root;

  @SuppressWarnings("NullAway.Init") // set up before each test
  private World world;

  @BeforeEach
  void createWorld() {
    world = new World(root);
    world.drainTime = Duration.ofSeconds(6); // longer than a start
  }

  private static ApplicationDescription next() {
    return new ApplicationDescription("shop", "b2", World.application().services());
  }

  private void accepted(ApplicationDescription description) {
    assertThat(world.rollOut(description).verdict()).isEqualTo(Verdict.ACCEPTED);
  }

  private void runUntil(BooleanSupplier condition) {
    var end = world.clock.elapsed().plus(LONG);
    while (!condition.getAsBoolean()) {
      world.run(TICK);
      assertCapacity();
      assertThat(world.clock.elapsed()).isLessThan(end);
    }
  }

  private void runUntil(Phase phase) {
    runUntil(() -> world.rollout().phase() == phase);
  }

  private long serving(String service) {
    return world.pubSub.snapshot(service).members().stream()
        .map(Member::state)
        .filter(InstanceState.SERVING::equals)
        .count();
  }

  /// Never one instance too few, never more than one process too many.
  private void assertCapacity() {
    assertThat(serving(FRONT)).isGreaterThanOrEqualTo(1);
    assertThat(serving(PRICES)).isGreaterThanOrEqualTo(1);
    assertThat(serving(TAX)).isGreaterThanOrEqualTo(2);
    assertThat(world.running(FRONT)).hasSizeLessThanOrEqualTo(2);
    assertThat(world.running(PRICES)).hasSizeLessThanOrEqualTo(2);
    assertThat(world.running(TAX)).hasSizeLessThanOrEqualTo(3);
  }

  private void start() {
    world.start();
    world.run(Duration.ofSeconds(5));
    accepted(next());
    world.run(TICK);
  }

  @Test
  void everyInstanceIsReplacedOneAtATime() {
    start();
    assertThat(world.rollout().phase()).isEqualTo(Phase.ROLLING);
    runUntil(Phase.COMPLETED);

    assertThat(world.versions(FRONT)).containsExactly("v2");
    assertThat(world.versions(PRICES)).containsExactly("v2");
    assertThat(world.versions(TAX)).containsExactly("v2", "v2");
    assertThat(world.drained).hasSize(4);
    assertThat(world.deployer.orders().subList(4, 8))
        .allSatisfy(order -> {
          assertThat(order.version().name()).isEqualTo("v2");
          assertThat(String.valueOf(order.version().jar())).contains("versions");
        });
    assertThat(World.serviceOf(world.deployer.orders().get(7))).isEqualTo(FRONT);
  }

  @Test
  void versionThatDiesInItsStartUpIsRolledBack() {
    world.dieInStartUp.add("v2");
    start();
    runUntil(Phase.ROLLED_BACK);

    assertThat(world.rollout().reason()).contains("3 starts of ", "failed at v2", "exit code 1");
    assertThat(world.drained).isEmpty();
    assertThat(world.versions(TAX)).containsExactly("v1", "v1");
    assertThat(world.deployer.running()).hasSize(4);
  }

  @Test
  void failedStartsOfAVersionAreCountedAcrossOrchestrators() {
    world.dieInStartUp.add("v2");
    start();
    for (int epoch = 2; world.rollout().phase() == Phase.ROLLING; epoch++) {
      assertThat(epoch).isLessThan(12);
      // each acts for one failed start, and not for three
      world.run(Duration.ofSeconds(6));
      world.restart(epoch);
      world.run(World.TICK);
    }

    assertThat(world.rollout().reason()).contains("3 starts of ", "failed at v2");
  }

  @Test
  void versionWhoseFrontDiesIsRolledBackEverywhere() {
    start();
    runUntil(() -> !world.versions(FRONT).equals(List.of("v1")));
    assertThat(world.versions(PRICES)).containsExactly("v2");
    world.dieInStartUp.add(FRONT);
    runUntil(Phase.ROLLING_BACK);
    world.dieInStartUp.clear();
    runUntil(Phase.ROLLED_BACK);

    assertThat(world.versions(FRONT)).containsExactly("v1");
    assertThat(world.versions(PRICES)).containsExactly("v1");
    assertThat(world.versions(TAX)).containsExactly("v1", "v1");
  }

  @Test
  void versionWhoseCallsFailIsRolledBack() {
    start();
    runUntil(() -> world.versions(PRICES).equals(List.of("v1", "v2")));
    var young = world.running(PRICES).getLast();
    world.stethoscope.ended(young, PRICES, 100, 30);
    runUntil(Phase.ROLLED_BACK);

    assertThat(world.rollout().reason())
        .contains("30 of 100 (30.0 %) calls of 'price-list' failed at the new version");
    assertThat(world.versions(PRICES)).containsExactly("v1");
  }

  @Test
  void rolloutWhenUndoneGoesBack() {
    start();
    runUntil(() -> world.versions(TAX).contains("v2"));
    assertThat(world.desk(next()).rollBack("shop", "a mistake").verdict())
        .isEqualTo(Verdict.ACCEPTED);
    runUntil(Phase.ROLLED_BACK);

    assertThat(world.rollout().reason()).isEqualTo("a mistake");
    assertThat(world.versions(TAX)).containsExactly("v1", "v1");
  }

  @Test
  void takeoverInTheMiddleGoesOn() {
    start();
    runUntil(() -> world.versions(TAX).contains("v2"));
    world.restart(2);
    runUntil(Phase.COMPLETED);

    assertThat(world.versions(FRONT)).containsExactly("v2");
    assertThat(world.versions(TAX)).containsExactly("v2", "v2");
    assertThat(world.deployer.running()).hasSize(4);
  }

  @Test
  void servicesComeBeforeAndGoAfterWhoeverCallsThem() {
    world.start();
    world.run(Duration.ofSeconds(5));
    accepted(
        new ApplicationDescription(
            "shop", "b2", List.of(World.service(PRICES, 1, 6), World.service("stock", 1, 1))));
    runUntilWithout(() -> world.versions(FRONT).contains("v2"));
    assertThat(serving("stock")).isEqualTo(1);
    assertThat(world.versions(TAX)).containsExactly("v1", "v1");
    runUntilWithout(() -> world.rollout().phase() == Phase.COMPLETED);

    assertThat(world.running(TAX)).isEmpty();
    assertThat(world.versions("stock")).containsExactly("v2");
    assertThat(world.versions(PRICES)).containsExactly("v2");
  }

  private void runUntilWithout(BooleanSupplier condition) {
    var end = world.clock.elapsed().plus(LONG);
    while (!condition.getAsBoolean()) {
      world.run(TICK);
      assertThat(world.clock.elapsed()).isLessThan(end);
    }
  }

  @Test
  void secondRolloutWaitsForTheFirst() {
    start();

    assertThat(world.rollOut(next()).verdict()).isEqualTo(Verdict.CONFLICT);
    runUntil(Phase.COMPLETED);
    accepted(next());
    world.run(TICK);
    runUntil(Phase.COMPLETED);
    assertThat(world.versions(TAX)).containsExactly("v3", "v3");
  }

  @Test
  void instanceThatDiesMeanwhileIsReplacedByTheNewVersion() {
    start();
    world.deployer.end(world.running(TAX).getFirst(), 1);
    runUntilWithout(() -> world.rollout().phase() == Phase.COMPLETED);

    assertThat(world.versions(TAX)).containsExactly("v2", "v2");
  }

  @Test
  void quarantinedInstanceDoesNotHoldTheRolloutUp() {
    start();
    world.pubSub.setState(world.running(TAX).getFirst(), InstanceState.QUARANTINED);
    runUntilWithout(() -> world.rollout().phase() == Phase.COMPLETED);

    assertThat(world.versions(TAX)).containsExactly("v2", "v2");
  }

  @Test
  void rolloutWithoutRoomForOneMoreSaysSoAndGoesOnWhenThereIs() {
    world = new World(root, World.settings(0, 4));
    start();
    world.run(Duration.ofSeconds(20));

    assertThat(world.rollout().phase()).isEqualTo(Phase.ROLLING);
    assertThat(world.rollout().services())
        .filteredOn(each -> !each.held().isEmpty())
        .singleElement()
        .satisfies(each ->
            assertThat(each.held())
                .contains("v2", "myelin.core.processes.most allows 4, and 4 run"));
    assertThat(world.deployer.orders()).hasSize(4);

    world.settings = World.settings(0, 5);
    world.restart(2);
    runUntilWithout(() -> world.rollout().phase() == Phase.COMPLETED);
    assertThat(world.versions(TAX)).containsExactly("v2", "v2");
  }

  @Test
  void rolloutThatOnlyWaitsForItsTurnIsNotHeld() {
    world = new World(root, World.settings(0, 5));
    start();
    runUntil(() -> {
      assertThat(world.rollout().services()).allSatisfy(each -> assertThat(each.held()).isEmpty());
      return world.rollout().phase() == Phase.COMPLETED;
    });
  }

  @Test
  void stopInTheMiddleEndsEverything() {
    start();
    world.stopping = true;
    world.run(Duration.ofSeconds(20));

    assertThat(world.deployer.running()).isEmpty();
    assertThat(world.folder.root().resolve("application.json")).doesNotExist();
    assertThat(Set.copyOf(world.drained)).isNotEmpty();
  }
}
