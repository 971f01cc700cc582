package dev.myelin;

/// The closed set of reasons for which a call fails. Retries are decided by it and by [Execution],
/// never by a message.
public enum Status {
  /// No instance could be reached, or the connection broke.
  UNAVAILABLE,
  /// The instance is draining and takes no new call.
  DRAINING,
  /// The instance runs as many calls as it may, and its queue is full.
  RESOURCE_EXHAUSTED,
  /// The deadline passed before the reply came.
  DEADLINE_EXCEEDED,
  /// The caller gave up, by cancelling its future or by interrupting its thread.
  CANCELLED,
  /// The instance does not host that service or has no such operation.
  NOT_FOUND,
  /// An argument or a result could not be carried: too large, too deep, cyclic, of an undeclared
  /// type.
  INVALID_ARGUMENT,
  /// The two sides were built from declarations that do not fit together.
  INCOMPATIBLE,
  /// The operation ran and threw an exception whose class the caller does not know.
  FAILED,
  /// A defect of the platform.
  INTERNAL
}
