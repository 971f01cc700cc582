/// Starts and ends processes.
///
/// A [SpawnOrder] enters; a [Spawned] with the process's identity leaves, and its exit is told when
/// it comes. [Deployer] is the port; [ProcessDeployer] runs JVMs beside this one. Open [Deployer]
/// first.
@NullMarked
package dev.myelin.orchestrator.deploy;

import org.jspecify.annotations.NullMarked;
