package dev.myelin.orchestrator.reconcile;

import static dev.myelin.orchestrator.reconcile.World.SELF;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.orchestrator.deploy.ProcessKey;
import dev.myelin.orchestrator.deploy.SpawnOrder;
import dev.myelin.orchestrator.state.SpawnRecord;
import dev.myelin.orchestrator.state.SpawnRecords;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Role;
import dev.myelin.wire.ServiceNames;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Core processes that keep each other alive, with the real reconciler on virtual time.
final class CoreSimulationTests {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path root;

  @SuppressWarnings("NullAway.Init") // set up before each test
  private World world;

  @BeforeEach
  void start() {
    world = new World(root, 2);
    world.start();
  }

  private List<InstanceId> cores() {
    return world.running(ServiceNames.CORE);
  }

  @Test
  void coresAreStartedAlongWithTheApplication() {
    assertThat(cores()).hasSize(2);
    assertThat(world.deployer.orders())
        .filteredOn(order -> order.role() == Role.CORE)
        .allSatisfy(order -> assertThat(order.services()).isEmpty());
  }

  @Test
  void coreThatDiesIsStartedAgainAndWhatItLeftIsRemoved() {
    var dead = cores().getFirst();
    world.folder.write(world.folder.core(dead), "its address");

    world.deployer.end(dead, 137);
    world.run(Duration.ofSeconds(10));

    assertThat(cores()).hasSize(2).doesNotContain(dead);
    assertThat(world.folder.core(dead)).doesNotExist();
    assertThat(world.stored()).doesNotContain(dead);
  }

  @Test
  void coreThatIsFlaggedIsReplaced() {
    var hung = cores().getFirst();

    world.roster.flag(hung, "does not answer");
    world.run(Duration.ofSeconds(10));

    assertThat(cores()).hasSize(2).doesNotContain(hung);
  }

  @Test
  void takeoverByACoreAdoptsTheOthersAndLeavesItselfAlone() {
    // this orchestrator was spawned by one before it, which is there as a core process too
    var launcher = new InstanceId("myelin-core-launcher");
    var order = new SpawnOrder(launcher, Role.CORE, List.of(), 1);
    world.register(launcher, Role.CORE, ServiceNames.CORE, world.deployer.spawn(order).process());
    var own = new ProcessKey(1, Instant.EPOCH);
    world.register(SELF, Role.CORE, ServiceNames.CORE, own);
    new SpawnRecords(world.folder).store(new SpawnRecord(SELF, ServiceNames.CORE, own, 1));
    world.deployer.end(cores().getFirst(), 137);
    var before = world.deployer.running();

    world.restart(2);
    world.run(Duration.ofSeconds(20));

    assertThat(world.deployer.running()).containsAll(before);
    assertThat(cores()).hasSize(2).contains(launcher);
    assertThat(world.stored()).contains(SELF);
    assertThat(world.roster.knows(SELF)).isFalse();
    assertThat(world.pubSub.announcements()).isEmpty();
  }

  @Test
  void stopEndsTheOtherCoresLast() {
    world.stopping = true;
    world.run(Duration.ofSeconds(10));

    assertThat(world.deployer.running()).isEmpty();
    assertThat(world.drained).hasSize(6);
    assertThat(world.drained.subList(4, 6))
        .allSatisfy(id -> assertThat(id.value()).startsWith(ServiceNames.CORE));
  }

  @Test
  void coresAreNotNamedForCallers() {
    world.run(Duration.ofSeconds(30));

    assertThat(world.pubSub.members())
        .filteredOn(member -> member.instance().process().role() == Role.CORE)
        .isNotEmpty()
        .allSatisfy(member -> assertThat(member.named()).isEmpty());
  }
}
