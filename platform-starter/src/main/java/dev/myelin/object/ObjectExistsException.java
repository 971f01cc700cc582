package dev.myelin.object;

/// Thrown when an object is to be created whose id is taken.
public class ObjectExistsException extends RuntimeException {

  /// Creates one.
  ///
  /// @param message which object
  public ObjectExistsException(String message) {
    super(message);
  }
}
