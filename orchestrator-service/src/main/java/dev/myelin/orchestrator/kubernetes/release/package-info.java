/// What a release of an application writes into the cluster: a Microservice for each of its
/// services.
///
/// An application's description and the file of its chart enter; resources leave, and those of
/// services that the application has no more go. [Release] is the file, [ServiceManifests] puts
/// both together, [ReleaseWriter] writes. Open [ReleaseJob] first: it is run once by each install
/// and upgrade.
@NullMarked
package dev.myelin.orchestrator.kubernetes.release;

import org.jspecify.annotations.NullMarked;
