package dev.myelin.wire.codec;

/// Says that bytes are not a value of the declared schema.
public final class MalformedPayloadException extends RuntimeException {

  /// Creates one.
  ///
  /// @param message what, where, and what to do
  public MalformedPayloadException(String message) {
    super(message);
  }

  /// Creates one.
  ///
  /// @param message what, where, and what to do
  /// @param cause why a local class refused what was read
  public MalformedPayloadException(String message, Throwable cause) {
    super(message, cause);
  }
}
