package dev.myelin.storage.jdbc;

import dev.myelin.Execution;
import dev.myelin.storage.StoreException;
import dev.myelin.storage.schema.Migration;
import dev.myelin.storage.schema.SchemaHistory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The steps of the tables of a database, on a connection that commits by itself. Whose turn it is
/// stands in the row of version 0, with the moment at which it ends by the database's clock.
final class JdbcHistory implements SchemaHistory {

  static final String TABLE = "myelin_schema";

  private final Connection connection;
  private final Dialect dialect;
  private final String objects;
  private final String table;

  JdbcHistory(Connection connection, Dialect dialect, String objects) {
    this.connection = connection;
    this.dialect = dialect;
    this.objects = objects;
    this.table = objects.substring(0, objects.indexOf('.') + 1) + TABLE;
  }

  @FunctionalInterface
  private interface Binding {
    void bind(PreparedStatement statement) throws SQLException;
  }

  @Override
  public Optional<List<Taken>> taken() {
    try (var statement =
        connection.prepareStatement(
            "SELECT version_number, step, breaking FROM %s WHERE table_name = ? AND version_number > 0"
                .formatted(table))) {
      statement.setString(1, objects);
      try (var rows = statement.executeQuery()) {
        var taken = new ArrayList<Taken>();
        while (rows.next()) {
          taken.add(new Taken(rows.getInt(1), rows.getString(2), rows.getBoolean(3)));
        }
        return Optional.of(taken);
      }
    } catch (SQLException failure) {
      if (SqlFailures.isMissingTable(failure)) {
        return Optional.empty();
      }
      throw new StoreException(
          Execution.DID_NOT_RUN,
          "Table '%s' says which steps of the schema were taken, and cannot be read: %s. Check that the database runs, and that this user may SELECT from it"
              .formatted(table, failure.getMessage()),
          failure);
    }
  }

  @Override
  public int found() {
    try (var statement = connection.prepareStatement(dialect.probe(objects))) {
      statement.executeQuery().close();
      return 1;
    } catch (SQLException failure) {
      if (SqlFailures.hadNoEffect(failure) && !SqlFailures.isConflict(failure)) {
        return 0;
      }
      throw unreached(failure);
    }
  }

  @Override
  public List<String> creation() {
    return List.of(
        """
        CREATE TABLE IF NOT EXISTS %s (
          table_name VARCHAR(200) NOT NULL,
          version_number INTEGER NOT NULL,
          step VARCHAR(200) NOT NULL,
          breaking BOOLEAN NOT NULL,
          holder VARCHAR(100),
          ends_at TIMESTAMP WITH TIME ZONE,
          PRIMARY KEY (table_name, version_number)
        )\
        """
            .formatted(table));
  }

  @Override
  public String record(Migration step) {
    return insert(
        "'%s', %d, '%s', %b".formatted(objects, step.version(), step.what(), step.breaking()));
  }

  private String insert(String values) {
    return "INSERT INTO %s (table_name, version_number, step, breaking) VALUES (%s)"
        .formatted(table, values);
  }

  @Override
  public void run(String statement) throws RefusedException {
    try {
      execute(statement);
    } catch (SQLException failure) {
      // of two that make a thing at the same moment, one is told that it is there; not so later
      var _ = SqlFailures.isThere(failure) ? update(statement, _ -> {}) : refused(failure);
    }
  }

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public boolean claim(String holder, Duration time) throws RefusedException {
    if (keepTurn(holder, time)) {
      return true;
    }
    // the first turn of all has no row yet
    var created =
        update(
            insert("?, 0, 'the turn to change the schema', FALSE"),
            statement -> statement.setString(1, objects));
    return created > 0 && keepTurn(holder, time);
  }

  private boolean keepTurn(String holder, Duration time) throws RefusedException {
    var sql =
        "UPDATE %s SET holder = ?, ends_at = %s WHERE table_name = ? AND version_number = 0 AND (holder IS NULL OR holder = ? OR ends_at <= CURRENT_TIMESTAMP)"
            .formatted(table, dialect.later());
    return update(
            sql,
            statement -> {
              statement.setString(1, holder);
              statement.setLong(2, time.toMillis());
              statement.setString(3, objects);
              statement.setString(4, holder);
            })
        > 0;
  }

  @Override
  public boolean add(Migration step, String holder) throws RefusedException {
    var own =
        "SELECT 1 FROM %s WHERE table_name = ? AND version_number = 0 AND holder = ?"
            .formatted(table);
    try (var statement = connection.prepareStatement(own)) {
      statement.setString(1, objects);
      statement.setString(2, holder);
      try (var rows = statement.executeQuery()) {
        if (!rows.next()) {
          return false;
        }
      }
    } catch (SQLException failure) {
      return refused(failure) > 0;
    }
    // a row that is there says the same already
    var _ =
        update(
            insert("?, ?, ?, ?"),
            statement -> {
              statement.setString(1, objects);
              statement.setInt(2, step.version());
              statement.setString(3, step.what());
              statement.setBoolean(4, step.breaking());
            });
    return true;
  }

  @Override
  public void release(String holder) throws RefusedException {
    var _ =
        update(
            "UPDATE %s SET holder = NULL WHERE table_name = ? AND version_number = 0 AND holder = ?"
                .formatted(table),
            statement -> {
              statement.setString(1, objects);
              statement.setString(2, holder);
            });
  }

  private int update(String sql, Binding binding) throws RefusedException {
    try (var statement = connection.prepareStatement(sql)) {
      binding.bind(statement);
      return statement.executeUpdate();
    } catch (SQLException failure) {
      return SqlFailures.isDuplicate(failure) ? 0 : refused(failure);
    }
  }

  private int refused(SQLException failure) throws RefusedException {
    if (SqlFailures.hadNoEffect(failure) && !SqlFailures.isConflict(failure)) {
      throw new RefusedException(failure);
    }
    throw unreached(failure);
  }

  private StoreException unreached(SQLException failure) {
    return new StoreException(
        Execution.DID_NOT_RUN,
        "Table '%s' cannot be reached: %s. Check that the database runs; the next call tries again"
            .formatted(objects, failure.getMessage()),
        failure);
  }
}
