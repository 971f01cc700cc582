package dev.myelin.orchestrator;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.orchestrator.lease.LeaderLease;
import dev.myelin.orchestrator.lease.LeaseKeeper;
import dev.myelin.orchestrator.observe.MembershipWatch;
import dev.myelin.orchestrator.reconcile.Ending;
import dev.myelin.orchestrator.reconcile.Reconciler;
import dev.myelin.orchestrator.reconcile.ReconcilerAssembly;
import dev.myelin.orchestrator.rollout.ApplicationVersion;
import dev.myelin.orchestrator.state.DescribedApplication;
import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.ServiceNames;
import java.nio.file.Path;
import java.util.HashSet;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/// Starts the orchestrator when the call path is there, and stops everything it has started while
/// the call path is still there.
final class OrchestratorLifecycle implements SmartLifecycle {

  /// After the call path (below it) has started, before it stops.
  static final int PHASE = 1_000;

  private final DescribedApplication application;
  private final LeaderLease lease;
  private final LeaseKeeper keeper;
  private final ReconcilerAssembly assembly;
  private final Setting setting;
  private @Nullable Reconciler reconciler;
  private volatile boolean running;

  /// Where it runs.
  ///
  /// @param folder the cluster's folder
  /// @param standby whether to wait while another holds the lease
  /// @param jar the application
  /// @param ending what its end means
  record Setting(ClusterFolder folder, boolean standby, Path jar, Ending ending) {}

  OrchestratorLifecycle(
      DescribedApplication application,
      LeaderLease lease,
      LeaseKeeper keeper,
      ReconcilerAssembly assembly,
      Setting setting) {
    this.application = application;
    this.lease = lease;
    this.keeper = keeper;
    this.assembly = assembly;
    this.setting = setting;
  }

  @Override
  public synchronized void start() {
    if (!lease.acquire() && !setting.standby()) {
      throw new ClusterTakenException(
          setting.folder().root().toAbsolutePath(), lease.holder().orElse("an unknown process"));
    }
    keeper.start();
    try {
      var description = application.await();
      watch(assembly.peers().membership(), description);
      var launched = setting.jar().toString();
      reconciler =
          assembly.assemble(
              new ApplicationVersion("v1", launched, assembly.ground().time().now(), description),
              setting.ending());
      reconciler.start();
      running = true;
    } finally {
      if (!running) {
        keeper.close();
      }
    }
  }

  private static void watch(MembershipWatch membership, ApplicationDescription description) {
    var services = new HashSet<>(ServiceNames.CORE_SERVICES);
    services.add(ServiceNames.FRONT);
    description.services().forEach(service -> services.add(service.name()));
    membership.watch(services);
  }

  @Override
  public synchronized void stop() {
    if (reconciler != null) {
      reconciler.stop(setting.ending().self().value(), assembly.ground().time().now());
    }
    assembly.peers().membership().close();
    keeper.close();
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
