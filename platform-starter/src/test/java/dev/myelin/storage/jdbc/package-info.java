/// Tests of the object store in relational databases, a real PostgreSQL among them.
@NullMarked
package dev.myelin.storage.jdbc;

import org.jspecify.annotations.NullMarked;
