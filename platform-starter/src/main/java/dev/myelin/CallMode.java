package dev.myelin;

/// How the calls of a service travel.
public enum CallMode {
  /// The caller waits for the reply of one instance.
  SYNC,
  /// The call is a message in the service's mailbox; the caller is replayed when the reply comes.
  ACTOR
}
