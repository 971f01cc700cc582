/// What Myelin adds to a call within a process: the same bean, called plainly and as a service
/// hosted where it is called.
///
/// Open [dev.myelin.benchmarks.inprocess.InProcessCall] first.
@NullMarked
package dev.myelin.benchmarks.inprocess;

import org.jspecify.annotations.NullMarked;
