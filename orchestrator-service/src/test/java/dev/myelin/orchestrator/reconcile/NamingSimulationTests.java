package dev.myelin.orchestrator.reconcile;

import static dev.myelin.orchestrator.reconcile.World.PRICES;
import static dev.myelin.orchestrator.reconcile.World.TAX;
import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.wire.InstanceState;
import dev.myelin.wire.ServiceNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which instance stands for its service, over the lives of instances and orchestrators.
final class NamingSimulationTests {

  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path root;

  @SuppressWarnings("NullAway.Init") // set up before each test
  private World world;

  @BeforeEach
  void createWorld() {
    world = new World(root);
    world.start();
  }

  @Test
  void everyServiceHasANamedInstanceOnceItServes() {
    assertThat(Stream.of(ServiceNames.FRONT, PRICES, TAX).map(world.pubSub::named))
        .allMatch(named -> named.isPresent());
    assertThat(world.pubSub.names())
        .hasSize(3)
        .allSatisfy(naming -> assertThat(naming.epoch()).isEqualTo(1));
  }

  @Test
  void nameStaysWhileOthersComeAndGo() {
    var named = world.pubSub.named(PRICES);

    world.keepLoad(PRICES, 20, Duration.ofSeconds(20));
    assertThat(world.running(PRICES)).hasSize(4);

    assertThat(world.pubSub.named(PRICES)).isEqualTo(named);
    assertThat(world.pubSub.names()).hasSize(3);
  }

  @Test
  void nameMovesWhenTheInstanceDies() {
    var dead = world.pubSub.named(TAX).orElseThrow();

    world.deployer.end(dead, 137);
    world.run(SECOND);

    assertThat(world.pubSub.named(TAX)).isPresent().isNotEqualTo(java.util.Optional.of(dead));
  }

  @Test
  void nameMovesWhenTheInstanceIsQuarantinedAndStaysThere() {
    var before = world.pubSub.named(TAX).orElseThrow();
    world.pubSub.setState(before, InstanceState.QUARANTINED);
    world.run(SECOND);
    var after = world.pubSub.named(TAX).orElseThrow();
    assertThat(after).isNotEqualTo(before);

    world.pubSub.setState(before, InstanceState.SERVING);
    world.run(SECOND);

    assertThat(world.pubSub.named(TAX)).contains(after);
  }

  @Test
  void namesOutliveTheOrchestrator() {
    var before = world.pubSub.names();

    world.restart(2);
    world.run(Duration.ofSeconds(5));

    assertThat(world.pubSub.names()).isEqualTo(before);
  }

  @Test
  void nameIsGivenOncePubSubIsBack() {
    var dead = world.pubSub.named(TAX).orElseThrow();
    world.pubSub.away(true);
    world.deployer.end(dead, 137);
    world.run(Duration.ofSeconds(5));
    assertThat(world.pubSub.named(TAX)).contains(dead);

    world.pubSub.away(false);
    world.run(Duration.ofSeconds(3));

    assertThat(world.pubSub.named(TAX)).isPresent().isNotEqualTo(java.util.Optional.of(dead));
  }
}
