/// The parts of a call that need no network, each measured by itself with JMH.
///
/// Open [dev.myelin.benchmarks.pieces.Pieces] first.
@NullMarked
package dev.myelin.benchmarks.pieces;

import org.jspecify.annotations.NullMarked;
