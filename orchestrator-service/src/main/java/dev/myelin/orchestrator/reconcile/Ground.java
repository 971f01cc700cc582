package dev.myelin.orchestrator.reconcile;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.orchestrator.deploy.Deployer;
import dev.myelin.orchestrator.lease.LeaderLease;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.wire.InstanceId;
import java.util.concurrent.Executor;

/// What a [Reconciler] stands on.
///
/// @param self identity of this process, which it neither starts nor ends itself
/// @param lease which has to be held to act
/// @param deployer starts and ends processes
/// @param folder where state is kept
/// @param executor runs what may block, each task on a thread of its own
/// @param time the clocks
public record Ground(
    InstanceId self,
    LeaderLease lease,
    Deployer deployer,
    ClusterFolder folder,
    Executor executor,
    Time time) {}
