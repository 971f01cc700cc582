package dev.myelin.orchestrator.reconcile;

import static dev.myelin.orchestrator.reconcile.World.PRICES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.wire.Announcement;
import dev.myelin.wire.Announcement.Change;
import dev.myelin.wire.InstanceId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How load adds instances, and how they leave.
final class RetirementSimulationTests {

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
  void loadAddsInstancesAndItsEndRetiresThemInOrder() {
    world.start();

    world.keepLoad(PRICES, 20, Duration.ofSeconds(20));
    assertThat(world.running(PRICES)).hasSize(4);
    world.keepLoad(PRICES, 0, Duration.ofSeconds(25));

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
    assertThat(world.stored()).hasSize(4);
  }

  @Test
  void noFiguresRetireNobody() {
    world.start();
    world.keepLoad(PRICES, 20, Duration.ofSeconds(20));
    world.running(PRICES).forEach(world.stethoscope::forget);

    world.run(Duration.ofMinutes(5));

    assertThat(world.running(PRICES)).hasSize(4);
  }

  @Test
  void instanceDrainsOnceEveryClientKnows() {
    world.pubSub.pending(Set.of(new InstanceId("front-1")));
    var leaving = world.retireOne();
    world.keepLoad(PRICES, 3, SECOND);
    assertThat(world.drained).isEmpty();

    world.pubSub.pending(Set.of());
    world.keepLoad(PRICES, 3, World.TICK);
    assertThat(world.drained).containsExactly(leaving);
    assertThat(world.deployer.running()).contains(leaving);

    world.keepLoad(PRICES, 3, SECOND);
    assertThat(world.deployer.running()).doesNotContain(leaving);
    assertThat(world.pubSub.member(leaving)).isEmpty();
  }

  @Test
  void clientThatNeverAcknowledgesIsNotWaitedForForever() {
    world.pubSub.pending(Set.of(new InstanceId("front-1")));
    var leaving = world.retireOne();

    world.keepLoad(PRICES, 3, Duration.ofSeconds(3));

    assertThat(world.drained).contains(leaving);
  }

  @Test
  void instanceThatDoesNotEndIsKilledAfterItsDrain() {
    world.drainTime = Duration.ofHours(1);
    var leaving = world.retireOne();

    world.keepLoad(PRICES, 12, Duration.ofSeconds(34));
    assertThat(world.deployer.running()).contains(leaving);
    world.keepLoad(PRICES, 12, Duration.ofSeconds(3));

    assertThat(world.deployer.running()).doesNotContain(leaving);
  }

  @Test
  void leavingIsNotHeldUpByAPubSubThatIsAway() {
    world.start();
    world.keepLoad(PRICES, 20, Duration.ofSeconds(20));
    world.pubSub.away(true);

    world.keepLoad(PRICES, 0, Duration.ofSeconds(30));

    assertThat(world.running(PRICES)).hasSize(1);
    assertThat(world.pubSub.members()).hasSize(7);
    world.pubSub.away(false);
    world.keepLoad(PRICES, 0, Duration.ofSeconds(3));
    assertThat(world.pubSub.members()).hasSize(4);
    assertThat(world.stored()).hasSize(4);
  }

  @Test
  void instanceThatDiesWhileItLeavesIsNotReplaced() {
    var leaving = world.retireOne();
    long before = world.ordered(PRICES);

    world.deployer.end(leaving, 137);
    world.keepLoad(PRICES, 12, Duration.ofSeconds(3));

    assertThat(world.ordered(PRICES)).isEqualTo(before);
    assertThat(world.pubSub.deregistered()).contains(leaving);
  }

  @Test
  void processesNeverExceedTheLimit() {
    world.start();
    world.keepLoad(PRICES, 1_000, Duration.ofSeconds(60));

    assertThat(world.running(PRICES)).hasSize(6);
    assertThat(world.deployer.running()).hasSizeLessThanOrEqualTo(12);
  }
}
