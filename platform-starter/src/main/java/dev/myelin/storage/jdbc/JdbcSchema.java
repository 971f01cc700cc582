package dev.myelin.storage.jdbc;

import dev.myelin.Execution;
import dev.myelin.storage.SchemaMode;
import dev.myelin.storage.StoreException;
import dev.myelin.storage.schema.Migration;
import dev.myelin.storage.schema.Migrator;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the table to what this release needs when it is first needed, or says what would.
/// Thread-safe.
///
/// Nothing is tried before the first operation, so that an application starts without its database;
/// an operation that fails leaves it to the next one.
public final class JdbcSchema {

  private static final Logger logger = LoggerFactory.getLogger(JdbcSchema.class);

  private final DataSource source;
  private final String table;
  private final Migrator.Settings settings;
  private final List<Migration> further;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicBoolean printed = new AtomicBoolean();

  private volatile @Nullable Dialect ready;

  /// Creates one.
  ///
  /// @param source where connections come from
  /// @param settings where the table is
  /// @param mode whether the table is made
  public JdbcSchema(DataSource source, JdbcSettings settings, SchemaMode mode) {
    this(source, settings, mode, Migrator.TURN, List.of());
  }

  JdbcSchema(
      DataSource source,
      JdbcSettings settings,
      SchemaMode mode,
      Duration turn,
      List<Migration> further) {
    this.source = source;
    this.table = settings.table();
    this.settings =
        new Migrator.Settings(mode, UUID.randomUUID().toString(), turn, settings.attemptTimeout());
    this.further = List.copyOf(further);
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
      ensure(connection, dialect);
      ready = dialect;
      return dialect;
    } catch (SQLException failure) {
      throw new StoreException(
          Execution.DID_NOT_RUN,
          "Table '%s' cannot be reached: %s. Check that the database runs; the next call tries again"
              .formatted(table, failure.getMessage()),
          failure);
    } catch (StoreException failure) {
      if (!printed.getAndSet(true)) {
        logger.error("object store not usable table={}", table, failure);
      }
      throw failure;
    } finally {
      lock.unlock();
    }
  }

  private void ensure(Connection connection, Dialect dialect) throws SQLException {
    boolean alone = connection.getAutoCommit();
    if (!alone) {
      connection.setAutoCommit(true);
    }
    try {
      var history = new JdbcHistory(connection, dialect, table);
      var steps = new ArrayList<>(dialect.steps(table));
      steps.addAll(further);
      var migrator = new Migrator("Table '" + table + "'", history, steps, settings);
      if (migrator.ensure(List.of()) && history.found() == 0) {
        throw new StoreException(
            Execution.DID_NOT_RUN,
            "Table '%s' is not one of objects: it has not the columns of '%s'. Set myelin.objects.jdbc.table to another name"
                .formatted(table, dialect.probe(table)),
            null);
      }
    } finally {
      if (!alone && !connection.isClosed()) {
        connection.setAutoCommit(false);
      }
    }
  }
}
