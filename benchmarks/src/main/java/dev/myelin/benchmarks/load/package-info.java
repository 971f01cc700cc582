/// What happens in the client's process: callers in a closed loop, and the bytes of a call counted
/// on the wire.
///
/// Open [dev.myelin.benchmarks.load.LoadClient] first; what leaves is a
/// [dev.myelin.benchmarks.load.ClientReport].
@NullMarked
package dev.myelin.benchmarks.load;

import org.jspecify.annotations.NullMarked;
