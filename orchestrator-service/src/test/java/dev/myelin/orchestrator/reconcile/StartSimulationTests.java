package dev.myelin.orchestrator.reconcile;

import static dev.myelin.orchestrator.reconcile.World.PRICES;
import static dev.myelin.orchestrator.reconcile.World.TAX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.orchestrator.deploy.SpawnOrder;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Reading.Health;
import dev.myelin.wire.Role;
import dev.myelin.wire.ServiceNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How a cluster starts, and how it replaces what dies, hangs or is flagged.
final class StartSimulationTests {

  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path root;

  @SuppressWarnings("NullAway.Init") // set up before each test
  private World world;

  @BeforeEach
  void createWorld() {
    world = new World(root);
  }

  @Test
  void clusterStartsTheFrontThenOneOfEachThenTheRest() {
    world.run(Duration.ofSeconds(20));

    assertThat(world.deployer.orders())
        .extracting(World::serviceOf)
        .containsExactly(ServiceNames.FRONT, PRICES, TAX, TAX);
    assertThat(world.deployer.orders().getFirst().role()).isEqualTo(Role.FRONT);
    assertThat(world.deployer.orders().getFirst().services()).isEmpty();
    assertThat(world.deployer.orders()).extracting(SpawnOrder::epoch).containsOnly(1L);
    assertThat(world.stored()).containsExactlyInAnyOrderElementsOf(world.deployer.running());
    assertThat(world.changes).filteredOn(line -> line.endsWith("SERVING")).hasSize(4);
  }

  @Test
  void noMoreStartAtATimeThanAllowed() {
    for (int i = 0; i < 40; i++) {
      world.run(World.TICK);
      assertThat(
              world.roster.all().stream()
                  .filter(entry ->
                      entry.stage().state().filter(InstanceState.STARTING::equals).isPresent()))
          .hasSizeLessThanOrEqualTo(2);
    }
    assertThat(world.deployer.orders()).hasSize(4);
  }

  @Test
  void nothingHappensOnceAllIsAsDesired() {
    world.start();
    int before = world.changes.size();

    world.run(Duration.ofMinutes(5));

    assertThat(world.deployer.orders()).hasSize(4);
    assertThat(world.pubSub.announcements()).isEmpty();
    assertThat(world.changes).hasSize(before);
  }

  @Test
  void whatDiesIsDeregisteredAndReplacedAtOnce() {
    world.start();
    world.run(Duration.ofSeconds(15));
    var dead = world.only(PRICES);

    world.deployer.end(dead, 137);
    world.run(World.TICK);

    assertThat(world.pubSub.deregistered()).containsExactly(dead);
    assertThat(world.only(PRICES)).isNotEqualTo(dead);
    assertThat(world.stored()).doesNotContain(dead).contains(world.only(PRICES));
    assertThat(world.changes).contains(dead + " ENDED");
  }

  @Test
  void startUpsThatDieAreTriedWithGrowingWaits() {
    world.dieInStartUp.add(PRICES);

    world.run(Duration.ofMinutes(5));

    // 4 s each, with waits of 0, 1, 2, 4, 8, 16, 30, 30 … between them
    assertThat(world.ordered(PRICES)).isBetween(10L, 14L);
    assertThat(world.running(TAX)).hasSize(2);
    assertThat(world.running(ServiceNames.FRONT)).hasSize(1);
  }

  @Test
  void instanceThatDiesSoonAfterItsStartIsNotReplacedInAHurryForEver() {
    world.start();
    for (int i = 0; i < 600; i++) {
      world.run(World.TICK);
      world.running(PRICES).stream()
          .filter(id -> world.pubSub.member(id).isPresent())
          .forEach(id -> world.deployer.end(id, 1));
    }

    assertThat(world.ordered(PRICES)).isLessThan(12);
  }

  @Test
  void serviceThatRecoversIsReplacedAtOnceAgain() {
    world.dieInStartUp.add(PRICES);
    world.run(Duration.ofMinutes(1));
    world.dieInStartUp.clear();
    world.run(Duration.ofMinutes(1));
    var first = world.only(PRICES);

    world.deployer.end(first, 1);
    world.run(World.TICK);

    assertThat(world.only(PRICES)).isNotEqualTo(first);
  }

  @Test
  void startUpThatHangsIsKilledAndTriedAgain() {
    world.neverRegister.add(PRICES);
    world.run(Duration.ofSeconds(89));
    var hung = world.only(PRICES);

    world.run(Duration.ofSeconds(4));

    assertThat(world.deployer.running()).doesNotContain(hung);
    assertThat(world.ordered(PRICES)).isEqualTo(2);
  }

  @Test
  void processThatCannotBeStartedIsTriedAgain() {
    world.deployer.breakDown(true);
    world.run(Duration.ofSeconds(30));
    assertThat(world.deployer.running()).isEmpty();
    assertThat(world.ordered(ServiceNames.FRONT)).isBetween(4L, 8L);

    world.deployer.breakDown(false);
    world.run(Duration.ofMinutes(1));

    assertThat(world.deployer.running()).hasSize(4);
  }

  @Test
  void flaggedInstanceIsKilledDeregisteredAndReplaced() {
    world.start();
    var hung = world.only(PRICES);
    world.silent.add(hung);

    world.roster.flag(hung, "does not answer");
    world.run(World.TICK.multipliedBy(2));

    assertThat(world.pubSub.deregistered()).containsExactly(hung);
    assertThat(world.only(PRICES)).isNotEqualTo(hung);
    assertThat(world.drained).isEmpty();
  }

  @Test
  void flagOnWhatIsNotTheOrchestratorsHasNoEffect() {
    world.start();

    world.roster.flag(new InstanceId("gateway-1"), "does not answer");
    world.run(SECOND);

    assertThat(world.deployer.orders()).hasSize(4);
  }

  @Test
  void readingAloneKillsNobody() {
    world.start();
    var hung = world.only(PRICES);

    // It has no votes; a flag that was lost is given again
    world.stethoscope.judge(hung, Health.FLAGGED);
    world.run(SECOND.multipliedBy(5));

    assertThat(world.only(PRICES)).isEqualTo(hung);
    assertThat(world.ordered(PRICES)).isEqualTo(1);
  }

  @Test
  void deadAreReplacedFromTheFirstSecondHoweverManyAreSuspect() {
    world.start();
    for (var id : List.copyOf(world.deployer.running())) {
      world.pubSub.setState(id, InstanceState.QUARANTINED);
      world.deployer.end(id, 137);
    }

    world.run(SECOND);
    // As many at a time as the machine bears
    assertThat(world.deployer.orders()).hasSizeGreaterThanOrEqualTo(6);
    world.run(SECOND.multipliedBy(20));
    assertThat(world.deployer.running()).hasSize(4);
  }

  @Test
  void quarantinedInstanceIsNotReplacedAndToldOf() {
    world.start();
    var suspect = world.only(PRICES);

    world.pubSub.setState(suspect, InstanceState.QUARANTINED);
    world.run(Duration.ofSeconds(30));

    assertThat(world.ordered(PRICES)).isEqualTo(1);
    assertThat(world.changes.getLast()).isEqualTo(suspect + " QUARANTINED");
  }
}
