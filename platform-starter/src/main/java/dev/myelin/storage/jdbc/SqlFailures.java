package dev.myelin.storage.jdbc;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a failed statement means, by its SQLSTATE.
final class SqlFailures {

  private static final int CLASS = 2;

  /// Of PostgreSQL: no table, no schema; of H2: no table, in three wordings, no schema.
  private static final Set<String> MISSING =
      Set.of("42P01", "3F000", "42S02", "42S03", "42S04", "90079");

  /// A row of the catalogue, a table, another thing; of H2: a table, an index.
  private static final Set<String> THERE = Set.of("23505", "42P07", "42710", "42S01", "42S11");

  private SqlFailures() {}

  /// Whether the database has said that the statement had no effect. Everything else may have had
  /// one: a connection that broke (08), a server that was stopped while it worked (57P), a driver's
  /// own failure that has no state at all.
  static boolean hadNoEffect(SQLException failure) {
    var state = state(failure);
    if (state == null || state.length() < CLASS) {
      return false;
    }
    return switch (state.substring(0, CLASS)) {
      case "22", "23", "25", "28", "40", "42", "53", "54", "55" -> true;
      case "57" -> state.equals("57014");
      default -> false;
    };
  }

  /// Whether the same statement may succeed when it is run once more: it met another transaction.
  static boolean isConflict(SQLException failure) {
    var state = state(failure);
    return state != null && state.startsWith("40");
  }

  /// Whether the row is there already.
  static boolean isDuplicate(SQLException failure) {
    return "23505".equals(state(failure));
  }

  /// Whether there is no such table, or no such schema that it could be in.
  static boolean isMissingTable(SQLException failure) {
    var state = state(failure);
    return state != null && MISSING.contains(state);
  }

  /// Whether a thing that was to be made is there already.
  static boolean isThere(SQLException failure) {
    var state = state(failure);
    return state != null && THERE.contains(state);
  }

  private static @Nullable String state(SQLException failure) {
    return failure.getSQLState();
  }
}
