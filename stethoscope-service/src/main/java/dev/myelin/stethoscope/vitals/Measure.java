package dev.myelin.stethoscope.vitals;

/// What is done about an instance.
public enum Measure {
  /// Nothing.
  NONE,
  /// Ask it how it is.
  ASK,
  /// Announce that it is suspect, and ask it.
  QUARANTINE,
  /// Announce that it is well.
  RELEASE,
  /// Flag it to die.
  FLAG
}
