package dev.myelin;

/// What is known about whether a call that failed was run by the service.
///
/// It decides retries: a call that did not run is tried again for every operation, one that may
/// have run only where the operation is idempotent, one that ran never.
public enum Execution {
  /// No instance started to run the operation.
  DID_NOT_RUN,
  /// The call was handed to an instance whose answer was lost.
  MAY_HAVE_RUN,
  /// The operation ran, and its outcome is the failure.
  RAN
}
