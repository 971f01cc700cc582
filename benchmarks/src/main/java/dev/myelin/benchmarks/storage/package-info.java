/// The stores beside the bare clients of the servers that keep what they store, and what one
/// process sees of another's writes.
///
/// Open [dev.myelin.benchmarks.storage.DriverRatio] for Cassandra, and
/// [dev.myelin.benchmarks.storage.Visibility] for the second process; memcached is in the command
/// `storage` itself.
@NullMarked
package dev.myelin.benchmarks.storage;

import org.jspecify.annotations.NullMarked;
