package dev.myelin.orchestrator.reconcile;

import static dev.myelin.orchestrator.reconcile.World.PRICES;
import static dev.myelin.orchestrator.reconcile.World.TAX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.orchestrator.deploy.ProcessKey;
import dev.myelin.orchestrator.deploy.SpawnOrder;
import dev.myelin.orchestrator.state.SpawnRecord;
import dev.myelin.orchestrator.state.SpawnRecords;
import dev.myelin.wire.Announcement;
import dev.myelin.wire.Announcement.Change;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.Reading.Health;
import dev.myelin.wire.Role;
import dev.myelin.wire.ServiceNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole loop against processes, membership and calls that exist in name only.
final class ReconcileSimulationTests {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration LONG_ENOUGH_TO_START = Duration.ofSeconds(20);

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path root;

  @SuppressWarnings("NullAway.Init") // set up before each test
  private World world;

  @BeforeEach
  void createWorld() {
    world = new World(root);
  }

  private void start() {
    world.run(LONG_ENOUGH_TO_START);
    assertThat(world.deployer.running()).hasSize(4);
  }

  private List<InstanceId> stored() {
    return new SpawnRecords(world.folder).load().stream().map(found -> found.id()).toList();
  }

  // Starting

  @Test
  void clusterStartsTheFrontThenOneOfEachThenTheRest() {
    world.run(LONG_ENOUGH_TO_START);

    assertThat(world.deployer.orders())
        .extracting(World::serviceOf)
        .containsExactly(ServiceNames.FRONT, PRICES, TAX, TAX);
    assertThat(world.deployer.orders().getFirst().role()).isEqualTo(Role.FRONT);
    assertThat(world.deployer.orders().getFirst().services()).isEmpty();
    assertThat(world.deployer.orders()).extracting(SpawnOrder::epoch).containsOnly(1L);
    assertThat(stored()).containsExactlyInAnyOrderElementsOf(world.deployer.running());
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
    start();
    int before = world.changes.size();

    world.run(Duration.ofMinutes(5));

    assertThat(world.deployer.orders()).hasSize(4);
    assertThat(world.pubSub.announcements()).isEmpty();
    assertThat(world.changes).hasSize(before);
  }

  // Replacing

  @Test
  void whatDiesIsDeregisteredAndReplacedAtOnce() {
    start();
    world.run(Duration.ofSeconds(15));
    var dead = world.only(PRICES);

    world.deployer.end(dead, 137);
    world.run(World.TICK);

    assertThat(world.pubSub.deregistered()).containsExactly(dead);
    assertThat(world.only(PRICES)).isNotEqualTo(dead);
    assertThat(stored()).doesNotContain(dead).contains(world.only(PRICES));
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
    start();
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
    start();
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
    start();

    world.roster.flag(new InstanceId("gateway-1"), "does not answer");
    world.run(SECOND);

    assertThat(world.deployer.orders()).hasSize(4);
  }

  @Test
  void verdictOfTheStethoscopeCountsEvenWhereItsCallWasLost() {
    start();
    var hung = world.only(PRICES);

    world.stethoscope.judge(hung, Health.FLAGGED);
    world.run(SECOND.multipliedBy(2));

    assertThat(world.only(PRICES)).isNotEqualTo(hung);
    assertThat(world.ordered(PRICES)).isEqualTo(2);
  }

  @Test
  void quarantinedInstanceIsNotReplacedAndToldOf() {
    start();
    var suspect = world.only(PRICES);

    world.pubSub.setState(suspect, InstanceState.QUARANTINED);
    world.run(Duration.ofSeconds(30));

    assertThat(world.ordered(PRICES)).isEqualTo(1);
    assertThat(world.changes.getLast()).isEqualTo(suspect + " QUARANTINED");
  }

  // Scaling and retiring

  private void keepLoad(String service, int inFlight, Duration time) {
    var end = world.clock.elapsed().plus(time);
    while (world.clock.elapsed().compareTo(end) < 0) {
      world.load(service, inFlight);
      world.run(World.TICK);
    }
  }

  @Test
  void loadAddsInstancesAndItsEndRetiresThemInOrder() {
    start();

    keepLoad(PRICES, 20, Duration.ofSeconds(20));
    assertThat(world.running(PRICES)).hasSize(4);
    keepLoad(PRICES, 0, Duration.ofSeconds(25));

    assertThat(world.running(PRICES)).hasSize(1);
    assertThat(world.drained).hasSize(3).doesNotContain(world.only(PRICES));
    assertThat(world.pubSub.announcements())
        .hasSize(3)
        .allSatisfy(announcement -> {
          assertThat(announcement.change()).isEqualTo(Change.DRAIN);
          assertThat(announcement.epoch()).isEqualTo(1);
        });
    assertThat(world.pubSub.announcements())
        .extracting(Announcement::id)
        .containsExactlyElementsOf(world.drained);
    assertThat(world.pubSub.deregistered()).containsExactlyElementsOf(world.drained);
    assertThat(world.decisions.records()).hasSize(4);
    assertThat(stored()).hasSize(4);
  }

  @Test
  void noFiguresRetireNobody() {
    start();
    keepLoad(PRICES, 20, Duration.ofSeconds(20));
    world.running(PRICES).forEach(world.stethoscope::forget);

    world.run(Duration.ofMinutes(5));

    assertThat(world.running(PRICES)).hasSize(4);
  }

  private InstanceId retireOne() {
    start();
    keepLoad(PRICES, 16, Duration.ofSeconds(25));
    assertThat(world.running(PRICES)).hasSize(3);
    while (world.pubSub.announcements().isEmpty()) {
      keepLoad(PRICES, 3, World.TICK);
    }
    return world.pubSub.announcements().getFirst().id();
  }

  @Test
  void instanceDrainsOnceEveryClientKnows() {
    world.pubSub.pending(Set.of(new InstanceId("front-1")));
    var leaving = retireOne();
    keepLoad(PRICES, 3, SECOND);
    assertThat(world.drained).isEmpty();

    world.pubSub.pending(Set.of());
    keepLoad(PRICES, 3, World.TICK);
    assertThat(world.drained).containsExactly(leaving);
    assertThat(world.deployer.running()).contains(leaving);

    keepLoad(PRICES, 3, SECOND);
    assertThat(world.deployer.running()).doesNotContain(leaving);
    assertThat(world.pubSub.member(leaving)).isEmpty();
  }

  @Test
  void clientThatNeverAcknowledgesIsNotWaitedForForever() {
    world.pubSub.pending(Set.of(new InstanceId("front-1")));
    var leaving = retireOne();

    keepLoad(PRICES, 3, Duration.ofSeconds(3));

    assertThat(world.drained).contains(leaving);
  }

  @Test
  void instanceThatDoesNotEndIsKilledAfterItsDrain() {
    world.drainTime = Duration.ofHours(1);
    var leaving = retireOne();

    keepLoad(PRICES, 12, Duration.ofSeconds(34));
    assertThat(world.deployer.running()).contains(leaving);
    keepLoad(PRICES, 12, Duration.ofSeconds(3));

    assertThat(world.deployer.running()).doesNotContain(leaving);
  }

  @Test
  void leavingIsNotHeldUpByAPubSubThatIsAway() {
    start();
    keepLoad(PRICES, 20, Duration.ofSeconds(20));
    world.pubSub.away(true);

    keepLoad(PRICES, 0, Duration.ofSeconds(30));

    assertThat(world.running(PRICES)).hasSize(1);
    assertThat(world.pubSub.members()).hasSize(7);
    world.pubSub.away(false);
    keepLoad(PRICES, 0, Duration.ofSeconds(3));
    assertThat(world.pubSub.members()).hasSize(4);
    assertThat(stored()).hasSize(4);
  }

  @Test
  void instanceThatDiesWhileItLeavesIsNotReplaced() {
    var leaving = retireOne();
    long before = world.ordered(PRICES);

    world.deployer.end(leaving, 137);
    keepLoad(PRICES, 12, Duration.ofSeconds(3));

    assertThat(world.ordered(PRICES)).isEqualTo(before);
    assertThat(world.pubSub.deregistered()).contains(leaving);
  }

  @Test
  void processesNeverExceedTheLimit() {
    start();
    keepLoad(PRICES, 1_000, Duration.ofSeconds(60));

    assertThat(world.running(PRICES)).hasSize(6);
    assertThat(world.deployer.running()).hasSizeLessThanOrEqualTo(12);
  }

  // Taking over

  @Test
  void restartedOrchestratorAdoptsWhatLives() {
    start();
    keepLoad(PRICES, 20, Duration.ofSeconds(20));
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
    start();
    var dead = world.only(PRICES);
    world.deployer.end(dead, 137);

    world.restart(2);
    world.run(SECOND);

    assertThat(world.pubSub.deregistered()).containsExactly(dead);
    assertThat(stored()).doesNotContain(dead);
    assertThat(world.only(PRICES)).isNotEqualTo(dead);
    assertThat(world.deployer.orders().getLast().epoch()).isEqualTo(2);
  }

  @Test
  void reusedPidIsNotTakenForTheInstance() {
    start();
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
    start();
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
    start();
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
    var leaving = retireOne();
    keepLoad(PRICES, 12, Duration.ofSeconds(1));

    world.restart(2);
    keepLoad(PRICES, 12, Duration.ofSeconds(25));

    assertThat(world.deployer.running()).doesNotContain(leaving);
    assertThat(world.running(PRICES)).hasSize(2);
  }

  @Test
  void memberThatNobodyRecordedIsAdopted() {
    start();
    var lost = world.only(PRICES);
    new SpawnRecords(world.folder).delete(lost);

    world.restart(2);
    world.run(SECOND);

    assertThat(world.only(PRICES)).isEqualTo(lost);
    assertThat(stored()).contains(lost);
    assertThat(world.ordered(PRICES)).isEqualTo(1);
  }

  @Test
  void memberWhoseProcessIsGoneIsRemoved() {
    start();
    var ghost = new InstanceId("price-list-dead");
    world.register(ghost, Role.INSTANCE, PRICES, new ProcessKey(999_999, world.clock.time().now()));

    world.run(SECOND);

    assertThat(world.pubSub.member(ghost)).isEmpty();
    assertThat(world.ordered(PRICES)).isEqualTo(1);
  }

  @Test
  void membersOfTheCoreAreLeftAlone() {
    start();
    var gateway = new InstanceId("gateway-1");
    world.register(gateway, Role.CORE, PRICES, new ProcessKey(999_999, world.clock.time().now()));

    world.run(SECOND);

    assertThat(world.pubSub.member(gateway)).isPresent();
  }

  // The lease

  @Test
  void withoutTheLeaseNothingIsDone() {
    start();
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
    start();
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
    start();
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

  // The ordered stop

  @Test
  void stopEndsTheFrontFirstThenTheRestAndLeavesNothing() {
    start();
    var front = world.only(ServiceNames.FRONT);
    world.stopping = true;

    world.run(Duration.ofSeconds(3));

    assertThat(world.deployer.running()).isEmpty();
    assertThat(world.drained).hasSize(4).startsWith(front);
    assertThat(world.pubSub.members()).isEmpty();
    assertThat(stored()).isEmpty();
    assertThat(world.round()).isTrue();
    assertThat(world.changes).filteredOn(line -> line.endsWith("ENDED")).hasSize(4);
  }

  @Test
  void instancesDoNotWaitForASlowFrontForever() {
    start();
    world.drainTime = Duration.ofSeconds(12);
    world.stopping = true;

    world.run(Duration.ofSeconds(9));
    assertThat(world.drained).hasSize(1);
    world.run(Duration.ofSeconds(2));

    assertThat(world.drained).hasSize(4);
  }

  @Test
  void whatIsLeftAtTheEndOfTheStopIsKilled() {
    start();
    world.drainTime = Duration.ofHours(1);
    world.stopping = true;

    world.run(Duration.ofSeconds(19));
    assertThat(world.deployer.running()).hasSize(4);
    world.run(Duration.ofSeconds(2));

    assertThat(world.deployer.running()).isEmpty();
    assertThat(world.round()).isTrue();
  }

  @Test
  void stopDuringTheStartEndsWhatIsStarting() {
    world.run(SECOND.multipliedBy(2));
    assertThat(world.deployer.running()).hasSize(2);
    world.stopping = true;

    world.run(SECOND.multipliedBy(2));

    assertThat(world.deployer.running()).isEmpty();
    assertThat(world.deployer.orders()).hasSize(2);
    assertThat(world.round()).isTrue();
  }

  @Test
  void stopDoesNotHangOnAPubSubThatIsAway() {
    start();
    world.pubSub.away(true);
    world.stopping = true;

    world.run(Duration.ofSeconds(15));

    assertThat(world.deployer.running()).isEmpty();
    assertThat(stored()).isEmpty();
    assertThat(world.round()).isTrue();
  }

  @Test
  void stopWithoutTheLeaseLeavesTheInstancesToTheHolder() {
    start();
    world.lease.release();
    world.stopping = true;

    assertThat(world.round()).isTrue();
    assertThat(world.deployer.running()).hasSize(4);
  }
}
