/// Starts of processes as the orchestrator starts them: instances of a whole application, and core
/// processes.
///
/// [MeasuredStart] makes the AOT cache and starts one process after the other; each is a
/// [StartedProcess].
@NullMarked
package dev.myelin.benchmarks.start;

import org.jspecify.annotations.NullMarked;
