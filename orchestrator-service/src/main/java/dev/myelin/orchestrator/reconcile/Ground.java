package dev.myelin.orchestrator.reconcile;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.orchestrator.deploy.Deployer;
import dev.myelin.orchestrator.lease.LeaderLease;
import dev.myelin.orchestrator.time.Time;
import java.util.concurrent.Executor;

/// What a [Reconciler] stands on.
///
/// @param lease which has to be held to act
/// @param deployer starts and ends processes
/// @param folder where state is kept
/// @param executor runs what may block, each task on a thread of its own
/// @param time the clocks
public record Ground(
    LeaderLease lease, Deployer deployer, ClusterFolder folder, Executor executor, Time time) {}
