package dev.myelin.gateway.external;

import java.util.Set;

/// The outline of a body: how many arguments it has, or what they are called.
sealed interface Arguments {

  /// A JSON array, or nothing.
  ///
  /// @param count number of elements
  record Positional(int count) implements Arguments {}

  /// A JSON object.
  ///
  /// @param names its members, in no order
  record Named(Set<String> names) implements Arguments {

    /// Copies the names.
    public Named {
      names = Set.copyOf(names);
    }
  }
}
