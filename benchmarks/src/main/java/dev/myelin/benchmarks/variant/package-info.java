/// The port that a way of calling is plugged in at: [dev.myelin.benchmarks.variant.Variant] opens a
/// server for the bean in one process and a [dev.myelin.benchmarks.variant.Caller] of it in
/// another.
@NullMarked
package dev.myelin.benchmarks.variant;

import org.jspecify.annotations.NullMarked;
