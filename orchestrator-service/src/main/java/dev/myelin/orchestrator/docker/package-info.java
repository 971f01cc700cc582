/// Instances as containers of this machine.
///
/// A [dev.myelin.orchestrator.deploy.SpawnOrder] enters; a container of an image with the
/// application's jar is started. [DockerDeployer] is the port's implementation, [ContainerWatch]
/// notices ends, [ApplicationImage] builds the image once. Open [DockerDeployer] first.
@NullMarked
package dev.myelin.orchestrator.docker;

import org.jspecify.annotations.NullMarked;
