package dev.myelin.storage.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// What a failed statement means, by its SQLSTATE.
final class SqlFailures {

  private static final int CLASS = 2;

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

  private static @Nullable String state(SQLException failure) {
    return failure.getSQLState();
  }
}
