/// What crosses a process boundary: records, sealed types, and the core services' interfaces.
///
/// [PubSub], [Topics], [Stethoscope], [Orchestrator] and [InstanceControl] are what the processes
/// of a cluster say to each other, through the same call path as a user's services; the records
/// beside them are their arguments and results. `Frame` is the unit of the protocol below them,
/// described byte by byte in `docs/wire.md`. Nothing here does I/O. Open [Instance] and
/// [MembershipUpdate] first.
@NullMarked
package dev.myelin.wire;

import org.jspecify.annotations.NullMarked;
