/// Which flags of stethoscopes are taken, i.e. which instances die by a verdict on their health.
///
/// A [dev.myelin.wire.Flag] and what the orchestrator sees by itself enter, an answer leaves. It is
/// the one home of the rules that keep a checker that errs from emptying a cluster, since it alone
/// sees the flags of all stethoscopes. Open [FlagGate].
@NullMarked
package dev.myelin.orchestrator.flag;

import org.jspecify.annotations.NullMarked;
