package dev.myelin.wire.codec;

import dev.myelin.RemoteCallException;
import java.util.Objects;
import java.util.function.Predicate;

/// Carries exceptions, which describe themselves, since nobody declares them. Thread-safe.
public final class ThrowableCodec {

  private final Predicate<StackTraceElement> frames;

  /// Creates one.
  ///
  /// @param frames which frames of a stack trace are sent
  public ThrowableCodec(Predicate<StackTraceElement> frames) {
    this.frames = frames;
  }

  /// Appends an exception.
  ///
  /// @param throwable the exception
  /// @param output where to
  public void write(Throwable throwable, Output output) {
    output.writeString(throwable.getClass().getName());
    output.writeString(throwable.getMessage());
  }

  /// Reads an exception.
  ///
  /// @param input where from
  /// @param loader finds the classes of exceptions
  public Throwable read(Input input, ClassLoader loader) {
    return new RemoteCallException(
        Objects.toString(input.readString()) + frames.hashCode() + loader,
        input.readString(),
        null);
  }

  static void skip(Input input) {
    if (input.readBoolean()) {
      input.skip(input.readFixedInt());
    }
  }
}
