package dev.myelin.storage.jdbc;

import dev.myelin.Execution;
import dev.myelin.storage.StoreException;
import dev.myelin.storage.settle.UnclearWriteException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import javax.sql.DataSource;

/// Runs single statements on connections of their own. Thread-safe.
///
/// A connection is got from the data source itself and commits by itself, so that what is written
/// is there when the caller goes on, whatever transaction of the application runs around it.
final class Sessions {

  private static final int CONFLICTS = 20;

  private final DataSource source;
  private final String store;
  private final Duration timeout;

  Sessions(DataSource source, String store, Duration timeout) {
    this.source = source;
    this.store = store;
    this.timeout = timeout;
  }

  /// Work with a statement.
  @FunctionalInterface
  interface Work<T> {
    T run(PreparedStatement statement) throws SQLException;
  }

  /// Runs what only reads.
  ///
  /// @param what what is tried, for messages
  <T> T read(String what, String sql, Work<T> work) {
    try (var connection = open(what)) {
      return run(connection, sql, work);
    } catch (SQLException failure) {
      throw failed(what, failure);
    }
  }

  /// Runs what writes.
  ///
  /// @param what what is tried, for messages
  /// @return how many rows it changed
  int write(String what, String sql, Work<Integer> work) throws UnclearWriteException {
    for (int conflicts = 0; ; conflicts++) {
      try (var connection = open(what)) {
        return run(connection, sql, work);
      } catch (SQLException failure) {
        if (SqlFailures.isDuplicate(failure)) {
          return 0;
        }
        if (SqlFailures.isConflict(failure) && conflicts < CONFLICTS) {
          continue;
        }
        if (SqlFailures.hadNoEffect(failure)) {
          throw failed(what, failure);
        }
        throw new UnclearWriteException(what + " in " + store, failure);
      }
    }
  }

  private <T> T run(Connection connection, String sql, Work<T> work) throws SQLException {
    boolean alone = connection.getAutoCommit();
    if (!alone) {
      connection.setAutoCommit(true);
    }
    try (var statement = connection.prepareStatement(sql)) {
      return work.run(statement);
    } finally {
      if (!alone && !connection.isClosed()) {
        connection.setAutoCommit(false);
      }
    }
  }

  private Connection open(String what) {
    try {
      var connection = source.getConnection();
      try {
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(timeout.toMillis()));
      } catch (SQLFeatureNotSupportedException inProcess) {
        // a database in this process does not hang by itself
      }
      return connection;
    } catch (SQLException failure) {
      throw failed(what, failure);
    }
  }

  private StoreException failed(String what, SQLException failure) {
    return new StoreException(
        Execution.DID_NOT_RUN,
        "%s failed in %s: %s. Check that the database runs and takes this user's statements; the next call tries again"
            .formatted(what, store, failure.getMessage()),
        failure);
  }
}
