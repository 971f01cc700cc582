/// One membership in several pubsubs.
///
/// One pubsub of a cluster writes the membership: the one that holds the operating system's lock in
/// the cluster's folder, or a Lease of the Kubernetes API. The others follow its log, serve their
/// own subscribers from it and pass changes on. Open [SharedMembership] first; [Acknowledgements]
/// answers for the subscribers of all.
@NullMarked
package dev.myelin.pubsub.cluster;

import org.jspecify.annotations.NullMarked;
