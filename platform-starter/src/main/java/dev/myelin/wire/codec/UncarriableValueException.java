package dev.myelin.wire.codec;

/// Says that a value cannot be carried, naming the path to the culprit.
public final class UncarriableValueException extends IllegalArgumentException {

  /// Creates one.
  ///
  /// @param message what, where, and what to do
  public UncarriableValueException(String message) {
    super(message);
  }
}
