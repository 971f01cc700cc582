package dev.myelin.stethoscope.vitals;

/// What is noticed of an instance.
public enum Sign {
  /// A heartbeat came.
  BEAT,
  /// It answered a question, this stethoscope's or the second one's.
  ANSWER,
  /// Neither came for somewhat longer than it should take.
  LATENESS,
  /// A caller says that it does not answer.
  COMPLAINT,
  /// It was given time to answer a complaint, and did not.
  UNANSWERED,
  /// Neither beat nor answer came for too long.
  SILENCE,
  /// It has not been asked for a while.
  UNASKED,
  /// Membership has it as quarantined, though it is well.
  WRONGED,
  /// It has been suspect for so long that it has to be replaced, and the votes are there.
  OVERDUE,
  /// The orchestrator did not take the flag.
  FLAG_LOST
}
