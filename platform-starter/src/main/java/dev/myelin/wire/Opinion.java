package dev.myelin.wire;

import org.jspecify.annotations.Nullable;

/// What a stethoscope thinks of an instance that another one watches and cannot hear.
///
/// @param finding what it found
/// @param heartbeat the instance's answer, where it gave one
public record Opinion(Finding finding, @Nullable Heartbeat heartbeat) {

  /// What was found.
  public enum Finding {
    /// It answered a question.
    ANSWERS,
    /// It did not answer, but its heartbeats arrive.
    BEATS,
    /// Neither: a vote against it.
    SILENT,
    /// Neither, but the stethoscope doubts its own ears: no vote.
    UNSURE
  }

  /// It answered.
  ///
  /// @param heartbeat what it answered
  public static Opinion answers(Heartbeat heartbeat) {
    return new Opinion(Finding.ANSWERS, heartbeat);
  }

  /// It did not answer.
  ///
  /// @param finding what is to be thought of that
  public static Opinion without(Finding finding) {
    return new Opinion(finding, null);
  }
}
