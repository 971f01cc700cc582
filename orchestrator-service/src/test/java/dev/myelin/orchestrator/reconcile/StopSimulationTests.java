package dev.myelin.orchestrator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.wire.ServiceNames;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How everything ends in order.
final class StopSimulationTests {

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
  void stopEndsTheFrontFirstThenTheRestAndLeavesNothing() {
    world.start();
    var front = world.only(ServiceNames.FRONT);
    world.stopping = true;

    world.run(Duration.ofSeconds(3));

    assertThat(world.deployer.running()).isEmpty();
    assertThat(world.drained).hasSize(4).startsWith(front);
    assertThat(world.pubSub.members()).isEmpty();
    assertThat(world.stored()).isEmpty();
    assertThat(world.round()).isTrue();
    assertThat(world.changes).filteredOn(line -> line.endsWith("ENDED")).hasSize(4);
  }

  @Test
  void instancesDoNotWaitForASlowFrontForever() {
    world.start();
    world.drainTime = Duration.ofSeconds(12);
    world.stopping = true;

    world.run(Duration.ofSeconds(9));
    assertThat(world.drained).hasSize(1);
    world.run(Duration.ofSeconds(2));

    assertThat(world.drained).hasSize(4);
  }

  @Test
  void whatIsLeftAtTheEndOfTheStopIsKilled() {
    world.start();
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
    world.start();
    world.pubSub.away(true);
    world.stopping = true;

    world.run(Duration.ofSeconds(15));

    assertThat(world.deployer.running()).isEmpty();
    assertThat(world.stored()).isEmpty();
    assertThat(world.round()).isTrue();
  }

  @Test
  void stopWithoutTheLeaseLeavesTheInstancesToTheHolder() {
    world.start();
    world.lease.release();
    world.stopping = true;

    assertThat(world.round()).isTrue();
    assertThat(world.deployer.running()).hasSize(4);
  }
}
