package dev.myelin.storage.jdbc;

import java.time.Duration;
import java.util.regex.Pattern;

/// Where in a database the objects are.
///
/// @param table name of the table, with the schema's before it if need be
/// @param attemptTimeout how long a statement may take
public record JdbcSettings(String table, Duration attemptTimeout) {

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)?");

  /// Checks both: the name becomes part of the statements.
  ///
  /// @throws IllegalArgumentException if one of them is not as said
  public JdbcSettings {
    if (!NAME.matcher(table).matches()) {
      throw new IllegalArgumentException(
          "'%s' is no name of a table: expected letters, digits and _, with a schema and a dot before it if need be"
              .formatted(table));
    }
    if (attemptTimeout.toMillis() < 1) {
      throw new IllegalArgumentException(
          "A statement may take %s: expected a millisecond or more".formatted(attemptTimeout));
    }
  }
}
