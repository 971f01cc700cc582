package dev.myelin.storage.jdbc;

import dev.myelin.storage.ObjectKey;
import dev.myelin.storage.ObjectPage;
import dev.myelin.storage.ObjectVersion;
import dev.myelin.storage.ScanPosition;
import dev.myelin.storage.StoredObject;
import dev.myelin.storage.settle.UnclearWriteException;
import dev.myelin.storage.settle.VersionedTable;
import dev.myelin.storage.settle.Write;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Objects in one table of a relational database. Thread-safe.
///
/// Every operation is one statement in a transaction of its own, whose condition is checked by the
/// database. Times to live are the database's: clocks of the instances do not matter.
public final class JdbcTable implements VersionedTable {

  private final JdbcSchema schema;
  private final String table;
  private final Sessions sessions;

  /// Creates one.
  ///
  /// @param source where connections come from
  /// @param settings where the table is
  /// @param schema makes the table
  public JdbcTable(DataSource source, JdbcSettings settings, JdbcSchema schema) {
    this.schema = schema;
    this.table = settings.table();
    this.sessions = new Sessions(source, name(), settings.attemptTimeout());
  }

  @Override
  public String name() {
    return "table '" + table + "'";
  }

  @Override
  public boolean write(Write write) throws UnclearWriteException {
    return switch (write) {
      case Write.Create create -> create(create);
      case Write.Replace replace -> replace(replace);
      case Write.Delete delete -> delete(delete);
    };
  }

  private boolean create(Write.Create write) throws UnclearWriteException {
    var dialect = schema.ready();
    var what = "Creating object '" + write.key() + "'";
    do {
      int inserted =
          sessions.write(
              what,
              dialect.insert(table),
              statement -> {
                int at = bind(statement, 1, write.key());
                bind(statement, at, write.version(), 0, write.state(), write.timeToLive());
                return statement.executeUpdate();
              });
      if (inserted > 0 || takeOver(dialect, write, what)) {
        return true;
      }
      // a row that was out of time may have been removed since the insertion met it
    } while (read(write.key()).isEmpty());
    return false;
  }

  private boolean takeOver(Dialect dialect, Write.Create write, String what)
      throws UnclearWriteException {
    return sessions.write(
            what,
            dialect.takeOver(table),
            statement -> {
              int at = bind(statement, 1, write.version(), 0, write.state(), write.timeToLive());
              bind(statement, at, write.key());
              return statement.executeUpdate();
            })
        > 0;
  }

  private boolean replace(Write.Replace write) throws UnclearWriteException {
    var dialect = schema.ready();
    return sessions.write(
            "Replacing object '" + write.key() + "'",
            dialect.replace(table),
            statement -> {
              int at =
                  bind(
                      statement,
                      1,
                      write.version(),
                      write.writer(),
                      write.state(),
                      write.timeToLive());
              at = bind(statement, at, write.key());
              bind(statement, at, write.expected());
              return statement.executeUpdate();
            })
        > 0;
  }

  private boolean delete(Write.Delete write) throws UnclearWriteException {
    var dialect = schema.ready();
    return sessions.write(
            "Deleting object '" + write.key() + "'",
            dialect.delete(table),
            statement -> {
              bind(statement, bind(statement, 1, write.key()), write.version());
              return statement.executeUpdate();
            })
        > 0;
  }

  @Override
  public Optional<Written> read(ObjectKey key) {
    var dialect = schema.ready();
    return sessions.read(
        "Reading object '" + key + "'",
        dialect.read(table),
        statement -> {
          bind(statement, 1, key);
          try (var rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(row(rows)) : Optional.empty();
          }
        });
  }

  @Override
  public ObjectPage scan(String type, @Nullable String from, int limit) {
    var position = ScanPosition.parse(from, 1);
    var dialect = schema.ready();
    return sessions.read(
        "Reading objects of type '" + type + "'",
        dialect.scan(table),
        statement -> {
          statement.setString(1, type);
          statement.setString(2, position.after());
          statement.setInt(3, limit + 1);
          try (var rows = statement.executeQuery()) {
            return page(rows, limit);
          }
        });
  }

  private static ObjectPage page(ResultSet rows, int limit) throws SQLException {
    var objects = new ArrayList<StoredObject>();
    while (rows.next()) {
      if (objects.size() == limit) {
        var last = objects.getLast().key().id();
        return new ObjectPage(objects, new ScanPosition(0, last).toString());
      }
      objects.add(row(rows).object());
    }
    return new ObjectPage(objects, null);
  }

  /// Removes rows that are out of time, which nobody sees any more.
  ///
  /// @param atMost how many at most
  /// @return how many
  public int purge(int atMost) {
    var dialect = schema.ready();
    return sessions.read(
        "Removing objects that are out of time",
        dialect.purge(table),
        statement -> {
          statement.setInt(1, atMost);
          return statement.executeUpdate();
        });
  }

  private static int bind(PreparedStatement statement, int at, ObjectKey key) throws SQLException {
    statement.setString(at, key.type());
    statement.setString(at + 1, key.id());
    return at + 2;
  }

  private static int bind(PreparedStatement statement, int at, ObjectVersion version)
      throws SQLException {
    statement.setLong(at, version.life());
    statement.setLong(at + 1, version.number());
    return at + 2;
  }

  private static int bind(
      PreparedStatement statement,
      int from,
      ObjectVersion version,
      long writer,
      byte[] state,
      @Nullable Duration timeToLive)
      throws SQLException {
    int at = bind(statement, from, version);
    statement.setLong(at, writer);
    statement.setBytes(at + 1, state);
    if (timeToLive == null) {
      statement.setNull(at + 2, Types.BIGINT);
    } else {
      statement.setLong(at + 2, timeToLive.toMillis());
    }
    return at + 3;
  }

  private static Written row(ResultSet rows) throws SQLException {
    return new Written(
        new StoredObject(
            new ObjectKey(rows.getString("object_type"), rows.getString("object_id")),
            new ObjectVersion(rows.getLong("life"), rows.getLong("version_number")),
            rows.getBytes("state")),
        rows.getLong("writer"));
  }
}
