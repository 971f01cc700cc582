/// Keeps desired and observed instances equal.
///
/// What is desired and what is observed enter as one immutable [Picture]; the pure [Planner] turns
/// it into [Action]s; [ActionRunner] carries them out on virtual threads, and what came of them is
/// in the [Roster] for the next picture. [Reconciler] is the loop around it, alive while the lease
/// is held. Changes of state leave through [InstanceListener]. Open [Planner] first.
@NullMarked
package dev.myelin.orchestrator.reconcile;

import org.jspecify.annotations.NullMarked;
