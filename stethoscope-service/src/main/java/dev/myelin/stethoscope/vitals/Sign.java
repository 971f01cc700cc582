package dev.myelin.stethoscope.vitals;

/// What is noticed of an instance.
public enum Sign {
  /// A heartbeat came.
  BEAT,
  /// It answered a question.
  ANSWER,
  /// Neither came for too long.
  SILENCE,
  /// It has not been asked for a while.
  UNASKED,
  /// It has been suspect for so long that it has to be replaced, and that is permitted.
  OVERDUE,
  /// The orchestrator did not take the flag.
  FLAG_LOST
}
