/// Tests of the object store in Cassandra, against a real server on a JDK 17.
@NullMarked
package dev.myelin.storage.cassandra;

import org.jspecify.annotations.NullMarked;
