/// Paths under `/-/`: the cluster as people see it, for this machine only.
///
/// A request from loopback enters, JSON leaves. Open [ClusterRoutes] first.
@NullMarked
package dev.myelin.gateway.cluster;

import org.jspecify.annotations.NullMarked;
