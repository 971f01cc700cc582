package dev.myelin.storage.settle;

/// Thrown by a table when it does not know whether a write happened, or will still happen.
public final class UnclearWriteException extends Exception {

  /// Creates one.
  ///
  /// @param detail what failed
  /// @param cause what lies behind
  public UnclearWriteException(String detail, Throwable cause) {
    super(detail, cause);
  }
}
