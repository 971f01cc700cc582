package dev.myelin.wire.codec;

import org.jspecify.annotations.Nullable;

/// Writes and reads the values of one place within a type. Immutable once compiled, thread-safe.
abstract class Part {

  /// Deepest nesting of structs, lists, maps and optionals of one value. That many take less than
  /// 256 KiB of stack even where the code is interpreted, so that no thread's stack ends before.
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
