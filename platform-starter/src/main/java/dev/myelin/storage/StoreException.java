package dev.myelin.storage;

import dev.myelin.Execution;
import org.jspecify.annotations.Nullable;

/// Thrown when a store cannot do what it was asked to. The message names the store, what was tried,
/// on which key, and what to do.
public class StoreException extends RuntimeException {

  private final Execution execution;

  /// Creates one.
  ///
  /// @param execution whether a write happened; [Execution#DID_NOT_RUN] for anything that only
  ///   reads
  /// @param detail message for people
  /// @param cause what lies behind, if anything
  public StoreException(Execution execution, String detail, @Nullable Throwable cause) {
    super(detail, cause);
    this.execution = execution;
  }

  /// Whether a write happened: where it may have, the object has to be read again.
  public Execution execution() {
    return execution;
  }
}
