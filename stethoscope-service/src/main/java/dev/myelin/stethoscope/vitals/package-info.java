/// How instances are, and what is to be done about it.
///
/// Heartbeats, answers, members, other stethoscopes and the passing of time enter; [Measures]
/// leave. There is no I/O here. Open [Verdicts], the table of all transitions, first; then [Ward],
/// the door, and [Examiner], which applies the table.
@NullMarked
package dev.myelin.stethoscope.vitals;

import org.jspecify.annotations.NullMarked;
