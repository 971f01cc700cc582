package dev.myelin.orchestrator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.orchestrator.deploy.Exit;
import dev.myelin.orchestrator.deploy.InMemoryDeployer;
import dev.myelin.orchestrator.deploy.ProcessKey;
import dev.myelin.orchestrator.deploy.Spawned;
import dev.myelin.orchestrator.observe.CallLedger;
import dev.myelin.orchestrator.observe.MembershipWatch;
import dev.myelin.orchestrator.observe.ReadingsWatch;
import dev.myelin.orchestrator.reconcile.Picture.Demand;
import dev.myelin.orchestrator.reconcile.Picture.Seen;
import dev.myelin.orchestrator.reconcile.Tracked.Identity;
import dev.myelin.orchestrator.reconcile.Tracked.Turn;
import dev.myelin.orchestrator.rollout.Versions;
import dev.myelin.orchestrator.time.ManualTime;
import dev.myelin.wire.InstanceId;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class ObservationTests {

  private static final InstanceId ID = new InstanceId("shop-1");

  private final ManualTime clock = new ManualTime();
  private final Roster roster = new Roster();
  private final CompletableFuture<Exit> exit = new CompletableFuture<>();

  private Seen seen(boolean child) {
    var spawned = new Spawned(ID, new ProcessKey(42, Instant.EPOCH), exit, child);
    roster.add(
        new Tracked(
            new Identity(ID, "shop", Instant.EPOCH, "v1"),
            spawned,
            new Stage.Serving(),
            0,
            Turn.free(0),
            null));
    return look();
  }

  private Seen look() {
    var time = clock.time();
    var observation =
        new Observation(
            new Observation.Whose(World.SELF, false),
            roster,
            new InMemoryDeployer(time), // knows of no such process: the system shows its end
            new MembershipWatch(new ScriptedPubSub(), () -> {}),
            new ReadingsWatch(new ScriptedStethoscope(), Runnable::run, time, new CallLedger()),
            time);
    return observation
        .picture(new Demand(Map.of(), Versions.NONE), Set.of(), null)
        .seen()
        .getFirst();
  }

  @Test
  void childRunsUntilItsExitCodeIsTold() {
    assertThat(seen(true).alive()).isTrue();

    exit.complete(new Exit(3));

    assertThat(look().alive()).isFalse();
    assertThat(look().exit()).contains("exit code 3");
  }

  @Test
  void adoptedProcessRunsNoMoreWhenItIsNotThere() {
    assertThat(seen(false).alive()).isFalse();
  }
}
