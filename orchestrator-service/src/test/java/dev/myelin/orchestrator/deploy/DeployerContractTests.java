package dev.myelin.orchestrator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Role;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What every deployer guarantees.
public abstract class DeployerContractTests {

  /// The deployer under test.
  protected abstract Deployer deployer();

  /// Lets a spawned process end by itself.
  ///
  /// @param spawned which process
  /// @param code with which exit code
  protected abstract void end(Spawned spawned, int code);

  /// An order for a process that runs until it is ended.
  protected SpawnOrder order(String id) {
    return new SpawnOrder(new InstanceId(id), Role.INSTANCE, List.of("sleeper"), 1);
  }

  /// Waits until a process of [#order] runs what was ordered, where another program starts it.
  protected void awaitOrdered() throws Exception {}

  protected static Exit exitOf(Spawned spawned) throws Exception {
    return spawned.exit().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  @Test
  void spawnedProcessIsAliveUntilKilled() throws Exception {
    var spawned = deployer().spawn(order("sleeper-1"));

    assertThat(spawned.id()).isEqualTo(new InstanceId("sleeper-1"));
    assertThat(spawned.process().pid()).isPositive();
    assertThat(deployer().isAlive(spawned.process())).isTrue();
    assertThat(spawned.exit().toCompletableFuture()).isNotDone();

    deployer().kill(spawned.process());

    assertThat(exitOf(spawned).text()).isEqualTo("ended by signal 9");
    assertThat(deployer().isAlive(spawned.process())).isFalse();
  }

  @Test
  void terminateAsksAProcessToEnd() throws Exception {
    var spawned = deployer().spawn(order("sleeper-1"));
    awaitOrdered();

    deployer().terminate(spawned.process());

    assertThat(exitOf(spawned).text()).isEqualTo("ended by signal 15");
  }

  @Test
  void exitTellsTheCodeOfAProcessThatEndsByItself() throws Exception {
    var spawned = deployer().spawn(order("sleeper-1"));

    end(spawned, 3);

    assertThat(exitOf(spawned)).isEqualTo(new Exit(3));
    assertThat(deployer().isAlive(spawned.process())).isFalse();
  }

  @Test
  void killOfAnEndedProcessHasNoEffect() throws Exception {
    var first = deployer().spawn(order("sleeper-1"));
    deployer().kill(first.process());
    exitOf(first);
    var second = deployer().spawn(order("sleeper-2"));

    deployer().kill(first.process());
    deployer().terminate(first.process());

    assertThat(deployer().isAlive(second.process())).isTrue();
    deployer().kill(second.process());
  }

  @Test
  void adoptFindsALivingProcessAndHearsOfItsEnd() throws Exception {
    var spawned = deployer().spawn(order("sleeper-1"));

    var adopted = deployer().adopt(spawned.id(), spawned.process()).orElseThrow();
    deployer().kill(adopted.process());

    assertThat(adopted.process().pid()).isEqualTo(spawned.process().pid());
    assertThat(exitOf(adopted).text()).startsWith("ended");
  }

  @Test
  void adoptOfAnEndedProcessFindsNothing() throws Exception {
    var spawned = deployer().spawn(order("sleeper-1"));
    deployer().kill(spawned.process());
    exitOf(spawned);

    assertThat(deployer().adopt(spawned.id(), spawned.process())).isEmpty();
  }

  @Test
  void processOfTheSamePidThatStartedAtAnotherTimeIsAnother() throws Exception {
    var spawned = deployer().spawn(order("sleeper-1"));
    var other =
        new ProcessKey(
            spawned.process().pid(), spawned.process().startedAt().minus(Duration.ofHours(1)));

    assertThat(deployer().isAlive(other)).isFalse();
    assertThat(deployer().adopt(spawned.id(), other)).isEmpty();
    deployer().kill(other);
    deployer().terminate(other);

    assertThat(deployer().isAlive(spawned.process())).isTrue();
    deployer().kill(spawned.process());
    exitOf(spawned);
  }
}
