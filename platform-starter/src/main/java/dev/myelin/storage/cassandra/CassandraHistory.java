package dev.myelin.storage.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import dev.myelin.storage.StoreException;
import dev.myelin.storage.schema.Migration;
import dev.myelin.storage.schema.SchemaHistory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The steps of the tables of a keyspace, a partition a table; whose turn it is stands in a static
/// column beside them, written by lightweight transactions and for a time.
///
/// The table itself may be made by several processes at the same moment, which is the one thing of
/// the schema that can be.
final class CassandraHistory implements SchemaHistory {

  static final String TABLE = "myelin_schema";
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final CqlSession session;
  private final CassandraSettings settings;
  private final String table;

  CassandraHistory(CqlSession session, CassandraSettings settings) {
    this.session = session;
    this.settings = settings;
    this.table = settings.place().keyspace() + "." + TABLE;
  }

  private Optional<TableMetadata> table(String name) {
    return session
        .getMetadata()
        .getKeyspace(settings.place().keyspace())
        .flatMap(keyspace -> keyspace.getTable(name));
  }

  @Override
  public Optional<List<Taken>> taken() {
    // other processes may have changed it a moment ago
    session.refreshSchema();
    if (table(TABLE).isEmpty()) {
      return Optional.empty();
    }
    var read =
        SimpleStatement.newInstance(
                "SELECT version, step, breaking FROM " + table + " WHERE name = ?",
                settings.place().table())
            .setConsistencyLevel(settings.levels().serial());
    try {
      var taken = new ArrayList<Taken>();
      for (var row : session.execute(read)) {
        // a turn that somebody has before the first step is a row without one
        if (!row.isNull("version")) {
          taken.add(
              new Taken(
                  row.getInt("version"),
                  Optional.ofNullable(row.getString("step")).orElse(""),
                  row.getBoolean("breaking")));
        }
      }
      return Optional.of(taken);
    } catch (DriverException failure) {
      throw failed("Reading the steps of the schema in '" + table + "'", failure);
    }
  }

  @Override
  public int found() {
    return table(settings.place().table())
        .map(found -> CassandraSteps.hasTypeIndex(found) ? 2 : 1)
        .orElse(0);
  }

  @Override
  public List<String> creation() {
    return List.of(
        """
        CREATE TABLE IF NOT EXISTS %s (
          name text, version int, step text, breaking boolean, holder text static,
          PRIMARY KEY (name, version))\
        """
            .formatted(table));
  }

  @Override
  public String record(Migration step) {
    return "INSERT INTO %s (name, version, step, breaking) VALUES ('%s', %d, '%s', %b)"
        .formatted(table, settings.place().table(), step.version(), step.what(), step.breaking());
  }

  @Override
  public void run(String statement) throws RefusedException {
    var _ = execute("Changing the schema", SimpleStatement.newInstance(statement));
  }

  @Override
  public boolean claim(String holder, Duration time) throws RefusedException {
    int seconds = Math.toIntExact(time.plusNanos(999_999_999).toSeconds());
    var set = "UPDATE " + table + " USING TTL ? SET holder = ? WHERE name = ? IF holder = ";
    var name = settings.place().table();
    return transact(SimpleStatement.newInstance(set + "null", seconds, holder, name))
        || transact(SimpleStatement.newInstance(set + "?", seconds, holder, name, holder));
  }

  @Override
  public boolean add(Migration step, String holder) throws RefusedException {
    return transact(
        SimpleStatement.newInstance(
            "UPDATE "
                + table
                + " SET step = ?, breaking = ? WHERE name = ? AND version = ? IF holder = ?",
            step.what(),
            step.breaking(),
            settings.place().table(),
            step.version(),
            holder));
  }

  @Override
  public void release(String holder) throws RefusedException {
    var _ =
        transact(
            SimpleStatement.newInstance(
                "UPDATE " + table + " SET holder = null WHERE name = ? IF holder = ?",
                settings.place().table(),
                holder));
  }

  private boolean transact(SimpleStatement statement) throws RefusedException {
    return execute(
            "Taking the turn to change the schema",
            statement
                .setConsistencyLevel(settings.levels().regular())
                .setSerialConsistencyLevel(settings.levels().serial()))
        .wasApplied();
  }

  private ResultSet execute(String what, SimpleStatement statement) throws RefusedException {
    try {
      return session.execute(statement.setTimeout(LONGEST));
    } catch (QueryValidationException refused) {
      throw new RefusedException(refused);
    } catch (DriverException failure) {
      throw failed(what, failure);
    }
  }

  private StoreException failed(String what, DriverException failure) {
    return CqlFailures.failed(what, settings.place(), failure);
  }
}
