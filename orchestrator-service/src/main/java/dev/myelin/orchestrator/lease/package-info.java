/// Who acts.
///
/// Of several orchestrators one holds the [LeaderLease] and acts; the others wait warm. A
/// [LeaseKeeper] acquires and renews it on a thread of its own; the epoch that leaves is carried by
/// every action. Open [LeaderLease] first.
@NullMarked
package dev.myelin.orchestrator.lease;

import org.jspecify.annotations.NullMarked;
