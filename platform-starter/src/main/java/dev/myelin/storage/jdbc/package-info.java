/// The object store in a relational database that the application has anyway: H2 and PostgreSQL, by
/// plain JDBC. Also the example of an adapter to learn from.
///
/// Open [dev.myelin.storage.jdbc.JdbcTable] first: the statements are those of
/// [dev.myelin.storage.jdbc.Dialect], the table is made by [dev.myelin.storage.jdbc.JdbcSchema] in
/// steps that `JdbcHistory` keeps, and what a failure means is known to `SqlFailures`.
@NullMarked
package dev.myelin.storage.jdbc;

import org.jspecify.annotations.NullMarked;
