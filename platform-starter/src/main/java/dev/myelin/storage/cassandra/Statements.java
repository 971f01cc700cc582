package dev.myelin.storage.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;

/// A session and what is prepared in it.
///
/// Reads are marked as idempotent, so that the driver may try them on another node; writes are not:
/// a second try would find that the condition does not hold any more because of the first.
final class Statements {

  private final CqlSession session;
  private final CassandraSettings settings;
  private final PreparedStatement create;
  private final PreparedStatement replace;
  private final PreparedStatement delete;
  private final PreparedStatement read;
  private final PreparedStatement scan;
  private final PreparedStatement scanOn;

  Statements(CqlSession session, CassandraSettings settings) {
    this.session = session;
    this.settings = settings;
    var table = settings.place().toString();
    var set = "UPDATE " + table + " USING TTL ? SET life = ?, number = ?, writer = ?, state = ?";
    var key = " WHERE type = ? AND id = ?";
    var all = "SELECT type, id, life, number, writer, state FROM " + table;
    this.create = session.prepare(set + key + " IF life = null");
    this.replace = session.prepare(set + key + " IF life = ? AND number = ?");
    this.delete = session.prepare("DELETE FROM " + table + key + " IF life = ? AND number = ?");
    this.read = session.prepare(all + key);
    this.scan = session.prepare(all + " WHERE type = ? LIMIT ? ALLOW FILTERING");
    this.scanOn =
        session.prepare(
            all + " WHERE type = ? AND token(type, id) > token(?, ?) LIMIT ? ALLOW FILTERING");
  }

  CqlSession session() {
    return session;
  }

  BoundStatement create() {
    return write(create);
  }

  BoundStatement replace() {
    return write(replace);
  }

  BoundStatement delete() {
    return write(delete);
  }

  BoundStatement read() {
    return read.bind()
        .setConsistencyLevel(settings.levels().serial())
        .setIdempotent(true)
        .setTimeout(settings.attemptTimeout());
  }

  BoundStatement scan(boolean first) {
    return (first ? scan : scanOn)
        .bind()
        .setConsistencyLevel(settings.levels().regular())
        .setIdempotent(true)
        .setTimeout(settings.attemptTimeout());
  }

  ResultSet execute(BoundStatement statement) {
    return session.execute(statement);
  }

  private BoundStatement write(PreparedStatement statement) {
    return statement
        .bind()
        .setConsistencyLevel(settings.levels().regular())
        .setSerialConsistencyLevel(settings.levels().serial())
        .setIdempotent(false)
        .setTimeout(settings.attemptTimeout());
  }
}
