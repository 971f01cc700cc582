/// What the orchestrator sees of the cluster without asking each instance.
///
/// Membership is pushed to [MembershipWatch]; readings are fetched by [ReadingsWatch], whose call
/// figures [CallLedger] adds up. Immutable copies leave. Open [MembershipWatch] first.
@NullMarked
package dev.myelin.orchestrator.observe;

import org.jspecify.annotations.NullMarked;
