package dev.myelin.storage.cassandra;

import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import dev.myelin.storage.ObjectKey;
import dev.myelin.storage.ObjectPage;
import dev.myelin.storage.ObjectVersion;
import dev.myelin.storage.ScanPosition;
import dev.myelin.storage.StoredObject;
import dev.myelin.storage.settle.UnclearWriteException;
import dev.myelin.storage.settle.VersionedTable;
import dev.myelin.storage.settle.Write;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Objects in one table of Cassandra. Thread-safe.
///
/// Every write is a lightweight transaction on the object's own partition, and every read of one
/// object takes part in them, so that it finishes what a write left half done. Columns are written
/// by updates and never by inserts: an inserted row goes on being there, empty, when the time of
/// its columns is over. Times to live are rounded up to seconds, and one more: the server counts
/// the ticks of a clock, the first of which may come at once.
///
/// A scan follows the tokens of the partitions, through the index of the types where the server has
/// it: no partition grows, and nothing is kept twice. It reads what is committed.
public final class CassandraTable implements VersionedTable {

  private static final int ROWS_AT_A_TIME = 100;

  private final CassandraConnection connection;
  private final CassandraSettings.Place place;

  /// Creates one.
  ///
  /// @param connection the session
  /// @param settings where the objects are
  public CassandraTable(CassandraConnection connection, CassandraSettings settings) {
    this.connection = connection;
    this.place = settings.place();
  }

  @Override
  public String name() {
    return "Cassandra's '" + place + "'";
  }

  @Override
  public boolean write(Write write) throws UnclearWriteException {
    var what = "Writing object '" + write.key() + "'";
    var statements = connection.statements(what);
    var statement =
        switch (write) {
          case Write.Create(var key, var version, var state, var timeToLive) ->
              with(statements.create(), key, version, 0, state, timeToLive);
          case Write.Replace(var key, var expected, var state, var timeToLive, var writer) ->
              with(statements.replace(), key, expected.next(), writer, state, timeToLive)
                  .setLong(7, expected.life())
                  .setLong(8, expected.number());
          case Write.Delete(var key, var expected) ->
              statements
                  .delete()
                  .setString(0, key.type())
                  .setString(1, key.id())
                  .setLong(2, expected.life())
                  .setLong(3, expected.number());
        };
    try {
      return statements.execute(statement).wasApplied();
    } catch (DriverException failure) {
      if (CqlFailures.hadNoEffect(failure)) {
        throw CqlFailures.failed(what, place, failure);
      }
      throw new UnclearWriteException(what + " in " + name(), failure);
    }
  }

  private static BoundStatement with(
      BoundStatement statement,
      ObjectKey key,
      ObjectVersion version,
      long writer,
      byte[] state,
      @Nullable Duration timeToLive) {
    return statement
        .setInt(0, timeToLive == null ? 0 : seconds(timeToLive))
        .setLong(1, version.life())
        .setLong(2, version.number())
        .setLong(3, writer)
        .setByteBuffer(4, ByteBuffer.wrap(state))
        .setString(5, key.type())
        .setString(6, key.id());
  }

  private static int seconds(Duration timeToLive) {
    return Math.toIntExact(timeToLive.plusNanos(999_999_999).toSeconds() + 1);
  }

  @Override
  public Optional<VersionedTable.Written> read(ObjectKey key) {
    var what = "Reading object '" + key + "'";
    var statements = connection.statements(what);
    try {
      var row =
          statements
              .execute(statements.read().setString(0, key.type()).setString(1, key.id()))
              .one();
      return Optional.ofNullable(row)
          .map(found -> new VersionedTable.Written(object(found), found.getLong("writer")));
    } catch (DriverException failure) {
      throw CqlFailures.failed(what, place, failure);
    }
  }

  @Override
  public ObjectPage scan(String type, @Nullable String from, int limit) {
    var position = ScanPosition.parse(from, 1);
    var what = "Reading objects of type '" + type + "'";
    var statements = connection.statements(what);
    boolean first = position.after().isEmpty();
    var statement = statements.scan(first).setString(0, type);
    if (!first) {
      statement = statement.setString(1, type).setString(2, position.after());
    }
    statement =
        statement.setInt(first ? 1 : 3, limit + 1).setPageSize(Math.min(limit + 1, ROWS_AT_A_TIME));
    try {
      var objects = new ArrayList<StoredObject>();
      for (var row : statements.execute(statement)) {
        objects.add(object(row));
      }
      return page(objects, limit);
    } catch (DriverException failure) {
      throw CqlFailures.failed(what, place, failure);
    }
  }

  private static ObjectPage page(List<StoredObject> objects, int limit) {
    if (objects.size() <= limit) {
      return new ObjectPage(objects, null);
    }
    var page = objects.subList(0, limit);
    return new ObjectPage(page, new ScanPosition(0, page.getLast().key().id()).toString());
  }

  private static StoredObject object(Row row) {
    var buffer = row.getByteBuffer("state");
    var state = new byte[buffer == null ? 0 : buffer.remaining()];
    if (buffer != null) {
      buffer.get(state);
    }
    return new StoredObject(
        new ObjectKey(
            Optional.ofNullable(row.getString("type")).orElseThrow(),
            Optional.ofNullable(row.getString("id")).orElseThrow()),
        new ObjectVersion(row.getLong("life"), row.getLong("number")),
        state);
  }
}
