/// A service that calls itself, level below level, between two processes: what waits at each level
/// must not be a platform thread.
///
/// [dev.myelin.benchmarks.depth.DescentVariant] is the port at which a way of calling is plugged
/// in; [dev.myelin.benchmarks.depth.DescentBean] is what it calls.
@NullMarked
package dev.myelin.benchmarks.depth;

import org.jspecify.annotations.NullMarked;
