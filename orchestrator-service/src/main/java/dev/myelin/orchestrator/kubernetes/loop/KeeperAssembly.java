package dev.myelin.orchestrator.kubernetes.loop;

import dev.myelin.orchestrator.kubernetes.apply.Differences;
import dev.myelin.orchestrator.kubernetes.apply.Writes;
import dev.myelin.orchestrator.kubernetes.desired.DesiredObjects;
import dev.myelin.orchestrator.kubernetes.desired.DesiredRoutes;
import dev.myelin.orchestrator.kubernetes.desired.RouteSettings;
import dev.myelin.orchestrator.lease.LeaderLease;
import dev.myelin.orchestrator.scale.DecisionLog;
import dev.myelin.orchestrator.scale.DesiredCounts;
import dev.myelin.orchestrator.scale.LoadSampling;
import dev.myelin.orchestrator.scale.ScalingWindows;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.concurrent.Executor;

/// Puts a [ServiceKeeper] together.
///
/// @param fleet what there is
/// @param desired makes what is desired
/// @param routes makes the routes that are desired
/// @param differences compares
/// @param writes to the API
/// @param lease which must be held
public record KeeperAssembly(
    Fleet fleet,
    DesiredObjects desired,
    DesiredRoutes routes,
    Differences differences,
    Writes writes,
    LeaderLease lease) {

  /// One whose services have no routes of their own.
  ///
  /// @param fleet what there is
  /// @param desired makes what is desired
  /// @param differences compares
  /// @param writes to the API
  /// @param lease which must be held
  public KeeperAssembly(
      Fleet fleet,
      DesiredObjects desired,
      Differences differences,
      Writes writes,
      LeaderLease lease) {
    this(
        fleet,
        desired,
        new DesiredRoutes(RouteSettings.NONE, new KubernetesSerialization()),
        differences,
        writes,
        lease);
  }

  /// How services are scaled.
  ///
  /// @param windows over what times load is judged
  /// @param decisions where changes are recorded
  /// @param demanded services that are called and have no instance
  public record Scaling(ScalingWindows windows, DecisionLog decisions, Demanded demanded) {}

  /// Makes one.
  ///
  /// @param scaling how services are scaled
  /// @param executor runs what may block
  /// @param wake called after each write
  public ServiceKeeper assemble(Scaling scaling, Executor executor, Runnable wake) {
    var time = fleet.time();
    var counting =
        new Counting(
            fleet,
            new DesiredCounts(time, scaling.windows(), scaling.decisions()),
            new LoadSampling(time, scaling.windows()));
    var tools =
        new ServiceKeeper.Tools(writes, new Jobs(executor, time, wake), lease, scaling.demanded());
    return new ServiceKeeper(
        fleet, counting, new ServiceKeeper.Objects(desired, routes, differences), tools);
  }
}
