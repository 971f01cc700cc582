package dev.myelin.storage.jdbc;

import dev.myelin.Execution;
import dev.myelin.storage.SchemaMode;
import dev.myelin.storage.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the table when it is first needed, or says what would. Thread-safe.
///
/// Nothing is tried before the first operation, so that an application starts without its database;
/// an operation that fails leaves it to the next one.
public final class JdbcSchema {

  private static final Logger logger = LoggerFactory.getLogger(JdbcSchema.class);

  private final DataSource source;
  private final String table;
  private final SchemaMode mode;
  private final ReentrantLock lock = new ReentrantLock();

  private final AtomicBoolean printed = new AtomicBoolean();

  private volatile @Nullable Dialect ready;

  /// Creates one.
  ///
  /// @param source where connections come from
  /// @param settings where the table is
  /// @param mode whether the table is made
  public JdbcSchema(DataSource source, JdbcSettings settings, SchemaMode mode) {
    this.source = source;
    this.table = settings.table();
    this.mode = mode;
  }

  /// The database's dialect, once the table is there.
  Dialect ready() {
    var known = ready;
    if (known != null) {
      return known;
    }
    lock.lock();
    try (var connection = source.getConnection()) {
      var dialect = Dialect.of(connection.getMetaData().getDatabaseProductName());
      if (!isThere(connection, dialect)) {
        make(connection, dialect);
      }
      ready = dialect;
      return dialect;
    } catch (SQLException failure) {
      throw new StoreException(
          Execution.DID_NOT_RUN,
          "Table '%s' cannot be reached: %s. Check that the database runs; the next call tries again"
              .formatted(table, failure.getMessage()),
          failure);
    } finally {
      lock.unlock();
    }
  }

  private void make(Connection connection, Dialect dialect) throws SQLException {
    if (mode == SchemaMode.PRINT) {
      throw missing(dialect, null);
    }
    try {
      for (var sql : dialect.schema(table)) {
        try (var statement = connection.createStatement()) {
          statement.execute(sql);
        }
      }
      if (!connection.getAutoCommit()) {
        connection.commit();
      }
    } catch (SQLException refused) {
      // two instances that start together may both find nothing, and one is told that it is there
      if (!isThere(connection, dialect)) {
        throw missing(dialect, refused);
      }
      return;
    }
    logger.info("table made for objects table={}", table);
  }

  private boolean isThere(Connection connection, Dialect dialect) throws SQLException {
    try (var statement = connection.prepareStatement(dialect.probe(table))) {
      statement.executeQuery().close();
      return true;
    } catch (SQLException failure) {
      if (SqlFailures.isConflict(failure) || !SqlFailures.hadNoEffect(failure)) {
        throw failure;
      }
      if (!connection.getAutoCommit()) {
        connection.rollback();
      }
      return false;
    }
  }

  private StoreException missing(Dialect dialect, @Nullable SQLException refused) {
    var sql = String.join(";\n", dialect.schema(table)) + ";";
    if (!printed.getAndSet(true)) {
      logger.error("table of the object store is missing, run:\n{}", sql);
    }
    return new StoreException(
        Execution.DID_NOT_RUN,
        "Table '%s' is missing and %s. Run:%n%s"
            .formatted(
                table,
                refused == null
                    ? "is not made by this application (myelin.objects.schema=print)"
                    : "could not be made: " + refused.getMessage(),
                sql),
        refused);
  }
}
