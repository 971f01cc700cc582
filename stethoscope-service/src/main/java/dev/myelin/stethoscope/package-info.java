/// Hears heartbeats, quarantines instances that fall silent, and flags those that stay so.
///
/// Heartbeats come in, as calls of [dev.myelin.wire.Stethoscope]; `vitals` judges them, and
/// `measures` carries the verdicts to pubsub, to the instance itself and to the orchestrator. Open
/// [StethoscopeConfiguration] first.
@NullMarked
package dev.myelin.stethoscope;

import org.jspecify.annotations.NullMarked;
