/// A network in which things go wrong, for tests and benchmarks of any module: a proxy on the
/// loopback interface that delays, slows down, holds back or cuts what passes it.
///
/// Open [dev.myelin.faults.FaultProxy] first.
@NullMarked
package dev.myelin.faults;

import org.jspecify.annotations.NullMarked;
