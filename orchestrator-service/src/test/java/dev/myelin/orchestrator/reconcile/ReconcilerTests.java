package dev.myelin.orchestrator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.orchestrator.deploy.InMemoryDeployer;
import dev.myelin.orchestrator.deploy.ProcessKey;
import dev.myelin.orchestrator.observe.CallLedger;
import dev.myelin.orchestrator.observe.MembershipWatch;
import dev.myelin.orchestrator.observe.ReadingsWatch;
import dev.myelin.orchestrator.rollout.ApplicationVersion;
import dev.myelin.orchestrator.scale.DecisionLog;
import dev.myelin.orchestrator.scale.ScalingWindows;
import dev.myelin.orchestrator.state.RequestedStop;
import dev.myelin.orchestrator.state.SpawnRecord;
import dev.myelin.orchestrator.state.SpawnRecords;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Role;
import dev.myelin.wire.ServiceNames;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The loop on real time and its own thread; what it decides is [ReconcileSimulationTests]' matter.
@Timeout(30)
final class ReconcilerTests {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path root;

  private final Roster roster = new Roster();
  private final Wakeup wakeup = new Wakeup();
  private final ScriptedLease lease = new ScriptedLease();
  private final ScriptedPubSub pubSub = new ScriptedPubSub();
  private final InMemoryDeployer deployer = new InMemoryDeployer(Time.system());
  private final BlockingQueue<InstanceChange> changes = new LinkedBlockingQueue<>();
  private final CountDownLatch ends = new CountDownLatch(1);

  private Reconciler reconciler() {
    return reconciler(Ending.Kind.WHOLE_CLUSTER, 0);
  }

  private Reconciler reconciler(Ending.Kind kind, int cores) {
    var time = Time.system();
    var ledger = new CallLedger();
    var membership = new MembershipWatch(pubSub, wakeup::wake);
    membership.watch(Set.of(ServiceNames.FRONT));
    var readings = new ReadingsWatch(new ScriptedStethoscope(), Runnable::run, time, ledger);
    return new ReconcilerAssembly(
            new Ground(
                World.SELF,
                lease,
                deployer,
                new ClusterFolder(root),
                Thread::startVirtualThread,
                time),
            new Peers(
                pubSub,
                _ -> {
                  throw new IllegalStateException("nobody answers");
                },
                membership,
                readings,
                ledger),
            new ReconcilerAssembly.Sharing(
                roster, wakeup, new DecisionLog(10), List.of(changes::add)),
            World.settings(cores),
            new ScalingWindows(
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                Duration.ZERO,
                Duration.ofMinutes(5)))
        .assemble(
            new ApplicationVersion(
                "v1",
                "shop.jar",
                Instant.EPOCH,
                new ApplicationDescription("shop", "b1", List.of())),
            new Ending(
                World.SELF, kind, new RequestedStop(new ClusterFolder(root)), ends::countDown));
  }

  private InstanceChange next() throws InterruptedException {
    var change = changes.poll(10, TimeUnit.SECONDS);
    assertThat(change).isNotNull();
    return change;
  }

  @Test
  void loopStartsServesAndStops() throws Exception {
    lease.hold(1);
    var reconciler = reconciler();
    reconciler.start();
    var started = next();
    assertThat(started.state()).isEqualTo(InstanceChange.State.STARTING);

    register(started.id());
    assertThat(next().state()).isEqualTo(InstanceChange.State.SERVING);
    reconciler.stop("test", Instant.EPOCH);

    assertThat(next().state()).isEqualTo(InstanceChange.State.DRAINING);
    assertThat(next().state()).isEqualTo(InstanceChange.State.ENDED);
    assertThat(deployer.running()).isEmpty();
    assertThat(roster.all()).isEmpty();
  }

  private void register(InstanceId id) {
    var process = deployer.processOf(id).orElseThrow();
    pubSub.register(
        new Instance(
            id,
            List.of(ServiceNames.FRONT),
            new Endpoint("127.0.0.1", 1),
            null,
            new Instance.ProcessIdentity(Role.FRONT, process.pid(), "b1", process.startedAt())));
  }

  @Test
  void loopWithoutTheLeaseStopsAtOnce() {
    var reconciler = reconciler();
    reconciler.start();

    reconciler.stop("test", Instant.EPOCH);

    assertThat(deployer.orders()).isEmpty();
  }

  @Test
  void stopWithoutAStartDoesNothing() {
    reconciler().stop("test", Instant.EPOCH);

    assertThat(deployer.orders()).isEmpty();
  }

  @Test
  void loopSurvivesARoundThatFails() throws Exception {
    lease.hold(1);
    lease.failNext(2);
    var reconciler = reconciler();
    reconciler.start();

    assertThat(next().state()).isEqualTo(InstanceChange.State.STARTING);
    reconciler.stop("test", Instant.EPOCH);
    assertThat(deployer.running()).isEmpty();
  }

  @Test
  void endAskedForInTheFolderEndsEverythingAndThenThisProcess() throws Exception {
    lease.hold(1);
    var reconciler = reconciler(Ending.Kind.HAND_OVER, 1);
    reconciler.start();
    register(next().id());

    new RequestedStop(new ClusterFolder(root)).make("somebody", Instant.EPOCH);

    assertThat(ends.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(deployer.running()).isEmpty();
    assertThat(new ClusterFolder(root).stop()).doesNotExist();
  }

  @Test
  void stopOfOneThatHandsOverLeavesEverythingRunning() throws Exception {
    lease.hold(1);
    var reconciler = reconciler(Ending.Kind.HAND_OVER, 0);
    reconciler.start();
    register(next().id());

    reconciler.stop("test", Instant.EPOCH);

    assertThat(deployer.running()).hasSize(1);
    assertThat(ends.getCount()).isEqualTo(1);
  }

  @Test
  void stopWithoutTheLeaseAmongSeveralWaitsForWhoeverActs() throws Exception {
    var folder = new ClusterFolder(root);
    var records = new SpawnRecords(folder);
    var shop = new InstanceId("shop-1");
    records.store(new SpawnRecord(shop, "shop", new ProcessKey(1, Instant.EPOCH), 1));
    var reconciler = reconciler(Ending.Kind.WHOLE_CLUSTER, 1);
    reconciler.start();

    var stop = Thread.ofVirtual().start(() -> reconciler.stop("test", Instant.EPOCH));
    while (!new RequestedStop(folder).present()) {
      Thread.onSpinWait();
    }
    assertThat(stop.join(Duration.ofMillis(300))).isFalse();

    records.delete(shop);
    assertThat(stop.join(Duration.ofSeconds(20))).isTrue();
  }
}
