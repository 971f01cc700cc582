package dev.myelin.object;

/// Thrown by an operation of an object that does not exist: it was never created, or is deleted.
public class NoSuchObjectException extends RuntimeException {

  /// Creates one.
  ///
  /// @param message which object
  public NoSuchObjectException(String message) {
    super(message);
  }
}
