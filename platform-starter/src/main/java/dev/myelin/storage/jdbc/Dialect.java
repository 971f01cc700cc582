package dev.myelin.storage.jdbc;

import dev.myelin.storage.schema.Migration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// What differs between the databases that an object store may be in.
enum Dialect {
  /// H2, in memory or in a file.
  H2(
      "H2",
      "VARCHAR(255)",
      "BLOB",
      "DATEADD(MILLISECOND, CAST(? AS BIGINT), CURRENT_TIMESTAMP)",
      "INSERT INTO %s (%s) %s"),
  /// PostgreSQL. Ids are compared as bytes, whatever the database's language is.
  POSTGRESQL(
      "PostgreSQL",
      "VARCHAR(255) COLLATE \"C\"",
      "BYTEA",
      "CURRENT_TIMESTAMP + CAST(? AS BIGINT) * INTERVAL '1 millisecond'",
      "INSERT INTO %s (%s) %s ON CONFLICT DO NOTHING");

  private static final String COLUMNS =
      "object_type, object_id, life, version_number, writer, state, expires_at";

  /// What is out of time is not there, also before it is removed.
  private static final String LIVING = "(expires_at IS NULL OR expires_at > CURRENT_TIMESTAMP)";

  private static final String KEY = "object_type = ? AND object_id = ?";

  private final String product;
  private final String id;
  private final String bytes;
  private final String expiry;
  private final String insert;

  Dialect(String product, String id, String bytes, String expiry, String insert) {
    this.product = product;
    this.id = id;
    this.bytes = bytes;
    this.expiry = expiry;
    this.insert = insert;
  }

  /// The dialect of a database.
  ///
  /// @param product name as its driver says it
  /// @throws IllegalStateException if there is none
  static Dialect of(String product) {
    return Arrays.stream(values())
        .filter(dialect -> dialect.product.equals(product))
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException(
                "No object store is known for the database '%s': expected one of %s. Define a bean of type ObjectStore (docs/own-store.md), or set myelin.objects.store"
                    .formatted(
                        product,
                        Arrays.stream(values())
                            .map(dialect -> dialect.product)
                            .collect(Collectors.joining(", ")))));
  }

  /// The steps of the schema.
  List<Migration> steps(String table) {
    return List.of(new Migration(1, "the table of objects", true, table(table)));
  }

  private List<String> table(String table) {
    return List.of(
        """
        CREATE TABLE IF NOT EXISTS %s (
          object_type VARCHAR(100) NOT NULL,
          object_id %s NOT NULL,
          life BIGINT NOT NULL,
          version_number BIGINT NOT NULL,
          writer BIGINT NOT NULL,
          state %s NOT NULL,
          expires_at TIMESTAMP WITH TIME ZONE,
          PRIMARY KEY (object_type, object_id)
        )\
        """
            .formatted(table, id, bytes),
        "CREATE INDEX IF NOT EXISTS %s_expiry ON %s (expires_at)"
            .formatted(table.substring(table.indexOf('.') + 1), table));
  }

  /// A moment later than now. Parameter: milliseconds.
  String later() {
    return expiry;
  }

  /// Whether the table is there and has the columns.
  String probe(String table) {
    return "SELECT %s FROM %s WHERE 1 = 0".formatted(COLUMNS, table);
  }

  /// Parameters: type, id.
  String read(String table) {
    return "SELECT %s FROM %s WHERE %s AND %s".formatted(COLUMNS, table, KEY, LIVING);
  }

  /// Parameters: type, id before the page, limit.
  String scan(String table) {
    return "SELECT %s FROM %s WHERE object_type = ? AND object_id > ? AND %s ORDER BY object_id LIMIT ?"
        .formatted(COLUMNS, table, LIVING);
  }

  /// Parameters: type, id, life, number, writer, state, milliseconds to live.
  String insert(String table) {
    return insert.formatted(table, COLUMNS, "VALUES (?, ?, ?, ?, ?, ?, %s)".formatted(expiry));
  }

  /// Takes the row of an object that is out of time. Parameters: life, number, writer, state,
  /// milliseconds to live, type, id.
  String takeOver(String table) {
    return "%s WHERE %s AND expires_at <= CURRENT_TIMESTAMP".formatted(set(table), KEY);
  }

  /// Parameters: life, number, writer, state, milliseconds to live, type, id, expected life,
  /// expected number.
  String replace(String table) {
    return "%s WHERE %s AND life = ? AND version_number = ? AND %s"
        .formatted(set(table), KEY, LIVING);
  }

  private String set(String table) {
    return "UPDATE %s SET life = ?, version_number = ?, writer = ?, state = ?, expires_at = %s"
        .formatted(table, expiry);
  }

  /// Parameters: type, id, expected life, expected number.
  String delete(String table) {
    return "DELETE FROM %s WHERE %s AND life = ? AND version_number = ? AND %s"
        .formatted(table, KEY, LIVING);
  }

  /// Removes some rows that are out of time. Parameter: how many at most.
  String purge(String table) {
    return """
    DELETE FROM %1$s WHERE expires_at <= CURRENT_TIMESTAMP AND (object_type, object_id) IN (
      SELECT object_type, object_id FROM %1$s WHERE expires_at <= CURRENT_TIMESTAMP
      ORDER BY expires_at LIMIT ?)\
    """
        .formatted(table);
  }
}
