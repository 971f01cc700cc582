/// From the measurements of all rounds to the text at the end: medians and worst values, ratios,
/// goals.
///
/// [dev.myelin.benchmarks.report.Results] takes the measurements in,
/// [dev.myelin.benchmarks.report.CallsReport] writes.
@NullMarked
package dev.myelin.benchmarks.report;

import org.jspecify.annotations.NullMarked;
