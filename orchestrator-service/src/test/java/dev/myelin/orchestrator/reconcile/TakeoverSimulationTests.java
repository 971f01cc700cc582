package dev.myelin.orchestrator.reconcile;

import static dev.myelin.orchestrator.reconcile.World.PRICES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.orchestrator.deploy.ProcessKey;
import dev.myelin.orchestrator.state.SpawnRecord;
import dev.myelin.orchestrator.state.SpawnRecords;
import dev.myelin.wire.Announcement;
import dev.myelin.wire.Announcement.Change;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.Role;
import dev.myelin.wire.ServiceNames;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How an orchestrator finds what another one has started, and what it does without the lease.
final class TakeoverSimulationTests {

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
  void restartedOrchestratorAdoptsWhatLives() {
    world.start();
    world.keepLoad(PRICES, 20, Duration.ofSeconds(20));
    var before = world.deployer.running();

    world.restart(2);
    world.run(World.TICK);

    assertThat(world.deployer.running()).isEqualTo(before);
    assertThat(world.roster.all())
        .hasSize(7)
        .allSatisfy(entry -> assertThat(entry.stage()).isEqualTo(new Stage.Serving()));
    // What had been scaled up is not taken for too many
    world.run(Duration.ofSeconds(5));
    assertThat(world.deployer.running()).isEqualTo(before);
    assertThat(world.pubSub.announcements()).isEmpty();
  }

  @Test
  void restartedOrchestratorRemovesWhatHasDiedAndStartsWhatIsMissing() {
    world.start();
    var dead = world.only(PRICES);
    world.deployer.end(dead, 137);

    world.restart(2);
    world.run(SECOND);

    assertThat(world.pubSub.deregistered()).containsExactly(dead);
    assertThat(world.stored()).doesNotContain(dead);
    assertThat(world.only(PRICES)).isNotEqualTo(dead);
    assertThat(world.deployer.orders().getLast().epoch()).isEqualTo(2);
  }

  @Test
  void startsThatFailAreNotTriedInAHurryBecauseOrchestratorsChange() {
    world.dieInStartUp.add(PRICES);
    world.run(Duration.ofMinutes(2));
    long before = world.ordered(PRICES);

    for (int epoch = 2; epoch < 22; epoch++) {
      world.restart(epoch);
      world.run(Duration.ofSeconds(6));
    }

    // each wait is 30 s by now
    assertThat(world.ordered(PRICES) - before).isBetween(2L, 5L);
  }

  @Test
  void reusedPidIsNotTakenForTheInstance() {
    world.start();
    var dead = world.only(PRICES);
    var key = world.process(dead);
    world.deployer.end(dead, 137);
    new SpawnRecords(world.folder)
        .store(
            new SpawnRecord(
                dead,
                PRICES,
                new ProcessKey(
                    world.process(world.only(ServiceNames.FRONT)).pid(),
                    key.startedAt().minusSeconds(3_600)),
                1));

    world.restart(2);
    world.run(SECOND);

    assertThat(world.pubSub.deregistered()).contains(dead);
    assertThat(world.running(ServiceNames.FRONT)).hasSize(1);
  }

  @Test
  void adoptedInstanceThatIsSilentIsQuarantinedUntilItAnswers() {
    world.start();
    var silent = world.only(PRICES);
    world.silent.add(silent);

    world.restart(2);
    world.run(Duration.ofSeconds(5));

    assertThat(world.pubSub.announcements())
        .containsExactly(
            new Announcement(silent, Change.QUARANTINE, "to be adopted, does not answer", 2));
    assertThat(world.pubSub.member(silent)).map(Member::state).contains(InstanceState.QUARANTINED);
    assertThat(world.ordered(PRICES)).isEqualTo(1);

    world.silent.clear();
    world.run(Duration.ofSeconds(2));

    assertThat(world.pubSub.member(silent)).map(Member::state).contains(InstanceState.SERVING);
    assertThat(world.changes.getLast()).isEqualTo(silent + " SERVING");
  }

  @Test
  void adoptedInstanceThatNeverAnswersIsReplaced() {
    world.start();
    var silent = world.only(PRICES);
    world.silent.add(silent);
    world.restart(2);

    world.run(Duration.ofSeconds(100));

    assertThat(world.only(PRICES)).isNotEqualTo(silent);
    assertThat(world.ordered(PRICES)).isEqualTo(2);
  }

  @Test
  void instanceThatWasLeavingGoesOnLeaving() {
    world.drainTime = Duration.ofSeconds(20);
    var leaving = world.retireOne();
    world.keepLoad(PRICES, 12, Duration.ofSeconds(1));

    world.restart(2);
    world.keepLoad(PRICES, 12, Duration.ofSeconds(25));

    assertThat(world.deployer.running()).doesNotContain(leaving);
    assertThat(world.running(PRICES)).hasSize(2);
  }

  @Test
  void memberThatNobodyRecordedIsAdopted() {
    world.start();
    var lost = world.only(PRICES);
    new SpawnRecords(world.folder).delete(lost);

    world.restart(2);
    world.run(SECOND);

    assertThat(world.only(PRICES)).isEqualTo(lost);
    assertThat(world.stored()).contains(lost);
    assertThat(world.ordered(PRICES)).isEqualTo(1);
  }

  @Test
  void memberWhoseProcessIsGoneIsRemoved() {
    world.start();
    var ghost = new InstanceId("price-list-dead");
    world.register(ghost, Role.INSTANCE, PRICES, new ProcessKey(999_999, world.clock.time().now()));

    world.run(SECOND);

    assertThat(world.pubSub.member(ghost)).isEmpty();
    assertThat(world.ordered(PRICES)).isEqualTo(1);
  }

  @Test
  void membersOfTheCoreAreLeftAlone() {
    world.start();
    var gateway = new InstanceId("gateway-1");
    world.register(gateway, Role.CORE, PRICES, new ProcessKey(999_999, world.clock.time().now()));

    world.run(SECOND);

    assertThat(world.pubSub.member(gateway)).isPresent();
  }

  @Test
  void withoutTheLeaseNothingIsDone() {
    world.start();
    world.lease.release();
    world.run(SECOND);

    world.deployer.end(world.only(PRICES), 137);
    world.run(Duration.ofMinutes(1));

    assertThat(world.deployer.orders()).hasSize(4);
    assertThat(world.pubSub.deregistered()).isEmpty();
    assertThat(world.roster.all()).isEmpty();
  }

  @Test
  void leaseThatComesBackIsTakenUpUnderItsNewEpoch() {
    world.start();
    world.lease.release();
    world.run(SECOND);
    var dead = world.only(PRICES);
    world.deployer.end(dead, 137);
    world.lease.hold(5);

    world.run(SECOND);

    assertThat(world.deployer.orders().getLast().epoch()).isEqualTo(5);
    assertThat(world.pubSub.deregistered()).containsExactly(dead);
  }

  @Test
  void stepPlannedUnderAnOldEpochIsNotCarriedOut() {
    world.clock.advance(World.TICK);
    world.lease.hold(1);
    var steps = new Steps(world.roster, world.lease, Runnable::run, world.clock.time(), () -> {});
    world.start();
    var entry = world.roster.all().getFirst();

    steps.begin(
        0,
        entry,
        () -> {
          throw new AssertionError("ran");
        });

    assertThat(steps.holds(0)).isFalse();
    assertThat(steps.holds(1)).isTrue();
  }
}
