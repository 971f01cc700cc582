package dev.myelin;

import org.jspecify.annotations.Nullable;

/// Stands for an exception of a service whose class the caller does not have (or cannot create).
///
/// Carries the name of that class, its message, its stack trace and its cause chain.
public final class RemoteCallException extends CallException {

  private final String remoteType;

  /// Creates one.
  ///
  /// @param remoteType name of the exception's class at the service
  /// @param remoteMessage its message
  /// @param cause its cause, if it had one
  public RemoteCallException(
      String remoteType, @Nullable String remoteMessage, @Nullable Throwable cause) {
    super(
        Status.FAILED,
        Execution.RAN,
        remoteMessage == null ? remoteType : remoteType + ": " + remoteMessage,
        cause);
    this.remoteType = remoteType;
  }

  /// Name of the exception's class at the service.
  public String remoteType() {
    return remoteType;
  }
}
