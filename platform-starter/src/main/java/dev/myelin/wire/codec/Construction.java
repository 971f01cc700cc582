package dev.myelin.wire.codec;

import java.lang.reflect.Constructor;
import java.util.List;

/// How an instance is made of the values of its fields.
sealed interface Construction {

  /// The constructor.
  Constructor<?> constructor();

  /// One constructor takes them all.
  ///
  /// @param constructor the constructor
  /// @param members for each of its parameters, the index of the field that it takes
  record WithArguments(Constructor<?> constructor, List<Integer> members) implements Construction {}

  /// A constructor without parameters, then each field is set.
  ///
  /// @param constructor the constructor
  record ThenSet(Constructor<?> constructor) implements Construction {}
}
