/// A cluster in one thread: the production classes of health on a virtual clock, with faults drawn
/// from a seed, so that a seed is replayed exactly.
///
/// A trial or scenario enters, a [History] leaves, which checkers read. Processes, the network,
/// pubsub and the orchestrator's processes are modelled; [dev.myelin.stethoscope.vitals.Ward],
/// [dev.myelin.membership.Pulse], [dev.myelin.membership.Rendezvous], the announcements and the
/// orchestrator's [dev.myelin.orchestrator.flag.FlagGate] are those that run in production. Open
/// [SimCluster] first.
@NullMarked
package dev.myelin.stethoscope.sim;

import org.jspecify.annotations.NullMarked;
