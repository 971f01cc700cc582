/// What is done about an instance: it is asked, announced, flagged.
///
/// A measure of `vitals` enters, a call to the instance, pubsub or the orchestrator leaves, each on
/// a virtual thread of its own. Open [CalledMeasures] first.
@NullMarked
package dev.myelin.stethoscope.measures;

import org.jspecify.annotations.NullMarked;
