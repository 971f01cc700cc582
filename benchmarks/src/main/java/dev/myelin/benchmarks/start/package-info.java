/// Starts of instances of a whole application, as the orchestrator starts them.
///
/// [MeasuredStart] makes the AOT cache and starts one instance after the other; each is a
/// [StartedInstance].
@NullMarked
package dev.myelin.benchmarks.start;

import org.jspecify.annotations.NullMarked;
