/// How many instances a service should have.
///
/// [Sample]s of each service's load enter; a [Decision] with its reason leaves. [Scaler] is the
/// pure rule, [ScalingHistory] what it looks at, [DesiredCounts] what came of it, [DecisionLog]
/// why. Open [Scaler] first.
@NullMarked
package dev.myelin.orchestrator.scale;

import org.jspecify.annotations.NullMarked;
