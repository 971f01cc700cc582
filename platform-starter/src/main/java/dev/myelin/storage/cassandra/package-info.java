/// The object store in Cassandra, by lightweight transactions.
///
/// A partition an object; [dev.myelin.storage.cassandra.CassandraTable] says which statements there
/// are and why. [dev.myelin.storage.cassandra.CassandraConnection] connects when it is first needed
/// and again when it has to, `CassandraSchema` makes the tables by steps that `CassandraHistory`
/// keeps, and what a failure means is known to `CqlFailures`.
@NullMarked
package dev.myelin.storage.cassandra;

import org.jspecify.annotations.NullMarked;
