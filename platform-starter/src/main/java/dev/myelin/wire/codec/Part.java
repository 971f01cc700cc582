package dev.myelin.wire.codec;

import org.jspecify.annotations.Nullable;

/// Writes and reads the values of one place within a type. Immutable once compiled, thread-safe.
abstract class Part {

  /// Deepest nesting of structs, lists and maps of one value. A level takes at most a few hundred
  /// bytes of stack, so that the limit is reached before the end of any thread's stack.
  static final int MAX_DEPTH = 500;

  /// Appends a value.
  ///
  /// @throws MisfitException if it is none of the place's type; the path is the callers' to add
  abstract void write(@Nullable Object value, Output output);

  /// Reads a value.
  ///
  /// @throws MalformedPayloadException if the bytes are none
  abstract @Nullable Object read(Input input);
}
