package dev.myelin.wire.codec;

import org.jspecify.annotations.Nullable;

/// A value without parts; for kinds with a presence byte, what follows it.
///
/// @param <T> its class; the box of a primitive
final class ScalarPart<T> extends Part {

  private final Class<T> type;
  private final ScalarKind kind;
  private final Writer<T> writer;
  private final Reader<T> reader;
  private final boolean needsValue;

  ScalarPart(Class<T> type, ScalarKind kind, Writer<T> writer, Reader<T> reader) {
    this.type = type;
    this.kind = kind;
    this.writer = writer;
    this.reader = reader;
    this.needsValue = kind.primitive() || kind.presenceByte();
  }

  Class<T> type() {
    return type;
  }

  ScalarKind kind() {
    return kind;
  }

  /// What a field of this kind holds if nothing is known of it.
  @Nullable Object zero() {
    return switch (kind) {
      case BOOLEAN -> false;
      case BYTE -> (byte) 0;
      case SHORT -> (short) 0;
      case CHAR -> (char) 0;
      case INT -> 0;
      case LONG -> 0L;
      case FLOAT -> 0f;
      case DOUBLE -> 0d;
      default -> null;
    };
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // checked by isInstance; null only where it may be
  void write(@Nullable Object value, Output output) {
    if (value == null ? needsValue : !type.isInstance(value)) {
      throw MisfitException.wrongClass(type, value);
    }
    writer.write(output, (T) value);
  }

  @Override
  @Nullable Object read(Input input) {
    try {
      return reader.read(input);
    } catch (MalformedPayloadException e) {
      throw e;
    } catch (RuntimeException e) {
      throw input.malformed("not a %s: %s".formatted(type.getSimpleName(), e.getMessage()), e);
    }
  }

  /// Appends a value.
  ///
  /// @param <T> its class
  @FunctionalInterface
  interface Writer<T> {

    /// Appends it; only kinds with a null of their own are given null.
    void write(Output output, T value);
  }

  /// Reads a value.
  ///
  /// @param <T> its class
  @FunctionalInterface
  interface Reader<T> {

    /// Reads it; any exception but [MalformedPayloadException] says why the bytes are none.
    @Nullable T read(Input input);
  }
}
