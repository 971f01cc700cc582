package dev.myelin.storage.jdbc;

import dev.myelin.storage.ObjectLimits;
import dev.myelin.storage.ObjectStore;
import dev.myelin.storage.SchemaMode;
import dev.myelin.storage.schema.Migration;
import dev.myelin.storage.schema.SchemaContractTests;
import dev.myelin.storage.schema.SchemaHistory;
import dev.myelin.storage.settle.Settling;
import dev.myelin.storage.settle.SettlingObjectStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;

/// The contract of schemas for the stores in relational databases.
abstract class JdbcSchemas extends SchemaContractTests {

  private static final Duration PATIENT = Duration.ofMinutes(2);

  private final List<Connection> open = new ArrayList<>();

  abstract DataSource source();

  abstract Dialect dialect();

  @AfterEach
  void close() throws SQLException {
    for (var connection : open) {
      connection.close();
    }
  }

  private static JdbcSettings settings(String table) {
    return new JdbcSettings(table, PATIENT);
  }

  @Override
  protected List<Migration> released(String table) {
    return dialect().steps(table);
  }

  @Override
  protected String addColumn(String table, String column) {
    return "ALTER TABLE %s ADD COLUMN %s VARCHAR(10)".formatted(table, column);
  }

  @Override
  protected List<String> makeCounter(String name) {
    return List.of(
        "CREATE TABLE " + name + " (n BIGINT)", "INSERT INTO " + name + " (n) VALUES (0)");
  }

  @Override
  protected String count(String name) {
    return "UPDATE " + name + " SET n = n + 1";
  }

  @Override
  protected long counted(String name) {
    try (var connection = source().getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT n FROM " + name)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected void run(String sql) {
    try (var connection = source().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  @Override
  protected SchemaHistory history(String table) {
    try {
      var connection = source().getConnection();
      open.add(connection);
      return new JdbcHistory(connection, dialect(), table);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected void ensure(String table, SchemaMode mode, Duration turn, List<Migration> further) {
    var _ = new JdbcSchema(source(), settings(table), mode, turn, further).ready();
  }

  @Override
  protected ObjectStore store(String table) {
    var schema = new JdbcSchema(source(), settings(table), SchemaMode.MIGRATE);
    return new SettlingObjectStore(
        new JdbcTable(source(), settings(table), schema),
        ObjectLimits.DEFAULT,
        Settling.within(PATIENT),
        RandomGenerator.getDefault());
  }
}
