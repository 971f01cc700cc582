package dev.myelin.wire.codec;

/// Says what two declarations of the same thing disagree about.
public final class IncompatibleSchemaException extends IllegalArgumentException {

  /// Creates one.
  ///
  /// @param message what, where, and what to do
  public IncompatibleSchemaException(String message) {
    super(message);
  }
}
