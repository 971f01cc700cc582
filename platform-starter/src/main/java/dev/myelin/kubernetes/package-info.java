/// What the core services keep in the Kubernetes API, where that is the state of the cluster.
///
/// The id of a core process enters; the right to act comes and goes with a Lease of the API. Open
/// [KubernetesLease] first. Only core processes need it, and the rights to these objects; an
/// application never talks to the API.
@NullMarked
package dev.myelin.kubernetes;

import org.jspecify.annotations.NullMarked;
