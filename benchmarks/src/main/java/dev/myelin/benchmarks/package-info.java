/// The command line of the benchmarks: `calls` measures Myelin and its rivals side by side and ends
/// with a table.
///
/// [Benchmarks] is the entry point and [Variants] the list of what is measured.
@NullMarked
package dev.myelin.benchmarks;

import org.jspecify.annotations.NullMarked;
