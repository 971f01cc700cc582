/// The stores beside the bare clients of the servers that keep what they store.
///
/// Open [dev.myelin.benchmarks.storage.DriverRatio] for Cassandra; memcached is in the command
/// `storage` itself.
@NullMarked
package dev.myelin.benchmarks.storage;

import org.jspecify.annotations.NullMarked;
