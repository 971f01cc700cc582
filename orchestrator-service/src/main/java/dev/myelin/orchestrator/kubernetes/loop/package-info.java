/// Keeps what the API has of each service equal to its resource, while the lease is held.
///
/// Resources, their objects, membership and readings enter; writes, the status of each resource and
/// [dev.myelin.wire.ClusterView]s leave. Open [KubernetesLoop] first.
@NullMarked
package dev.myelin.orchestrator.kubernetes.loop;

import org.jspecify.annotations.NullMarked;
