package dev.myelin.stethoscope.vitals;

import java.time.Duration;

/// When silence is judged how, while the stethoscope does not doubt itself.
///
/// @param quarantine when an instance is asked and quarantined
/// @param flag when it is flagged to die
/// @param askEvery time from one question to one that is quarantined, or does not beat, to the next
public record Thresholds(Quarantine quarantine, Flagging flag, Duration askEvery) {

  /// When an instance is asked and quarantined.
  ///
  /// @param lateAfter silence after which it is asked
  /// @param suspectAfter silence, questions included, after which it is quarantined
  /// @param complaintAfter time after a caller's complaint in which it has to answer
  /// @param askUrgently time from one question to the next until it is quarantined or cleared
  public record Quarantine(
      Duration lateAfter, Duration suspectAfter, Duration complaintAfter, Duration askUrgently) {}

  /// When an instance is flagged to die.
  ///
  /// @param after time in quarantine, where a second stethoscope votes too
  /// @param aloneAfter time in quarantine, where there is no second one
  public record Flagging(Duration after, Duration aloneAfter) {}
}
