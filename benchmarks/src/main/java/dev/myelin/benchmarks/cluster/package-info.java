/// A cluster of processes under load, that is rolled while its processes are killed.
///
/// The built jars of the local cluster and of an application enter; what became of the calls, of
/// the processes and of the rollouts leaves. Open [RunningCluster] first, which is a cluster as its
/// user sees it; [Rolls], [Kills] and [Endurance] are the trials.
@NullMarked
package dev.myelin.benchmarks.cluster;

import org.jspecify.annotations.NullMarked;
