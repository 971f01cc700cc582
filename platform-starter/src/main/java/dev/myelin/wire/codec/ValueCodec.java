package dev.myelin.wire.codec;

import org.jspecify.annotations.Nullable;

/// Writes and reads values of one declared type. Immutable, so any thread may use it.
public interface ValueCodec {

  /// Appends a value; if that fails, the output is as it was.
  ///
  /// @param value the value; null is carried as null
  /// @param output where to
  /// @throws UncarriableValueException if the value is cyclic, nested too deeply, or has a part of
  ///   an undeclared class; the message names the path to it
  void write(@Nullable Object value, Output output);

  /// Reads a value.
  ///
  /// @param input where from; whatever it holds, at most a small multiple of its length is
  ///   allocated
  /// @throws MalformedPayloadException if the bytes are not a value of the declared schema, or a
  ///   class refuses what was sent
  /// @throws IncompatibleSchemaException if the server sent a constant or a subtype that this side
  ///   lacks
  @Nullable Object read(Input input);
}
