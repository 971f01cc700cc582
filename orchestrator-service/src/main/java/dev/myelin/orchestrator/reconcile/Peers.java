package dev.myelin.orchestrator.reconcile;

import dev.myelin.orchestrator.observe.CallLedger;
import dev.myelin.orchestrator.observe.MembershipWatch;
import dev.myelin.orchestrator.observe.ReadingsWatch;
import dev.myelin.wire.PubSub;

/// Whom a [Reconciler] speaks and listens to.
///
/// @param pubSub owns the membership
/// @param controls speaks to instances one by one
/// @param membership who has registered
/// @param readings how they are
/// @param ledger the calls they have made
public record Peers(
    PubSub pubSub,
    InstanceControls controls,
    MembershipWatch membership,
    ReadingsWatch readings,
    CallLedger ledger) {}
