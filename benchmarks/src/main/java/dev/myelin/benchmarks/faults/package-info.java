/// How calls do when things go wrong: a leaf that hangs at the end of a chain, one slow instance
/// among many, more load than there is capacity.
///
/// Each trial is a class of its own and returns its lines of the report;
/// [dev.myelin.benchmarks.faults.OpenLoop] makes the load of those that need one.
@NullMarked
package dev.myelin.benchmarks.faults;

import org.jspecify.annotations.NullMarked;
