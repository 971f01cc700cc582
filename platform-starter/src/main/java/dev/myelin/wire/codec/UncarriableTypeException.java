package dev.myelin.wire.codec;

/// Says that values of a type cannot be carried, naming the path to the culprit and the remedy.
public final class UncarriableTypeException extends IllegalArgumentException {

  /// Creates one.
  ///
  /// @param message what, where, and what to do
  public UncarriableTypeException(String message) {
    super(message);
  }
}
