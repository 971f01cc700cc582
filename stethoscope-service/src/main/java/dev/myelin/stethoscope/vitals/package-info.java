/// How instances are, and what is to be done about it.
///
/// Heartbeats, answers, members and the passing of time enter; [Measures] leave. There is no I/O
/// here. Open [Verdicts], the table of all transitions, first; then [Ward], which applies it.
@NullMarked
package dev.myelin.stethoscope.vitals;

import org.jspecify.annotations.NullMarked;
