package dev.myelin.storage.schema;

import java.util.List;

/// A step of a store's schema.
///
/// @param version what the schema is after it; the first step is 1, each further one adds 1
/// @param what what it does, for people, without a `'`
/// @param breaking whether a release that does not know the step cannot work after it
/// @param statements what it runs, each without effect where it has run before: a process may die
///   between two of them, and the next one begins with the first
public record Migration(int version, String what, boolean breaking, List<String> statements) {

  /// Copies the statements.
  public Migration {
    statements = List.copyOf(statements);
    if (version < 1 || statements.isEmpty() || what.contains("'")) {
      throw new IllegalArgumentException(
          "Step %d, '%s', has %d statements: expected a number from 1, no ' in its name, and some statement"
              .formatted(version, what, statements.size()));
    }
  }
}
