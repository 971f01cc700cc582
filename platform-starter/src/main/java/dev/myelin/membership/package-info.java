/// Who is there: snapshots and deltas.
///
/// Pubsub's stream goes in, immutable [Snapshot]s of each service come out for the pickers of
/// `client`. Here too: how a process finds the core services, registers itself, beats, and notices
/// that its cluster is gone. Open [Resolver] first.
@NullMarked
package dev.myelin.membership;

import org.jspecify.annotations.NullMarked;
