/// What each subscriber is sent, as fast as it asks for it.
///
/// Entries of the membership log enter; for each subscriber a snapshot and deltas of the services
/// it wants leave, and its acknowledgements come back. Open [Deliveries] first.
@NullMarked
package dev.myelin.pubsub.delivery;

import org.jspecify.annotations.NullMarked;
