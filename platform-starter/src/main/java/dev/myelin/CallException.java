package dev.myelin;

import org.jspecify.annotations.Nullable;

/// Thrown to the caller of a service when the call itself fails, as opposed to the operation
/// throwing an exception of its own, which reaches the caller as itself.
///
/// The message names the service and operation, what was tried, where, and what to do.
public class CallException extends RuntimeException {

  private final Status status;
  private final Execution execution;

  /// Creates one.
  ///
  /// @param status why the call failed
  /// @param execution whether the operation ran
  /// @param detail message for people
  /// @param cause what lies behind, if anything
  public CallException(
      Status status, Execution execution, String detail, @Nullable Throwable cause) {
    super(detail, cause);
    this.status = status;
    this.execution = execution;
  }

  /// Creates one without a cause.
  ///
  /// @param status why the call failed
  /// @param execution whether the operation ran
  /// @param detail message for people
  public CallException(Status status, Execution execution, String detail) {
    this(status, execution, detail, null);
  }

  /// Why the call failed.
  public Status status() {
    return status;
  }

  /// Whether the operation ran.
  public Execution execution() {
    return execution;
  }
}
