package dev.myelin.stethoscope.vitals;

import static dev.myelin.stethoscope.vitals.Condition.ANSWERING;
import static dev.myelin.stethoscope.vitals.Condition.BEATING;
import static dev.myelin.stethoscope.vitals.Condition.FLAGGED;
import static dev.myelin.stethoscope.vitals.Condition.QUARANTINED;
import static dev.myelin.stethoscope.vitals.Measure.ASK;
import static dev.myelin.stethoscope.vitals.Measure.FLAG;
import static dev.myelin.stethoscope.vitals.Measure.NONE;
import static dev.myelin.stethoscope.vitals.Measure.QUARANTINE;
import static dev.myelin.stethoscope.vitals.Measure.RELEASE;
import static dev.myelin.stethoscope.vitals.Sign.ANSWER;
import static dev.myelin.stethoscope.vitals.Sign.BEAT;
import static dev.myelin.stethoscope.vitals.Sign.FLAG_LOST;
import static dev.myelin.stethoscope.vitals.Sign.OVERDUE;
import static dev.myelin.stethoscope.vitals.Sign.SILENCE;
import static dev.myelin.stethoscope.vitals.Sign.UNASKED;

import java.util.List;
import java.util.Optional;

/// The state machine of an instance's condition, as one table.
///
/// Quarantine comes early and is taken back by any sign of life; a flag comes late. A sign that has
/// no row under a condition means nothing there.
public final class Verdicts {

  /// All transitions.
  static final List<Verdict> TABLE =
      List.of(
          new Verdict(BEATING, BEAT, BEATING, NONE),
          new Verdict(BEATING, SILENCE, QUARANTINED, QUARANTINE),
          new Verdict(ANSWERING, BEAT, BEATING, NONE),
          new Verdict(ANSWERING, ANSWER, ANSWERING, NONE),
          new Verdict(ANSWERING, UNASKED, ANSWERING, ASK),
          new Verdict(ANSWERING, SILENCE, QUARANTINED, QUARANTINE),
          new Verdict(QUARANTINED, BEAT, BEATING, RELEASE),
          new Verdict(QUARANTINED, ANSWER, ANSWERING, RELEASE),
          new Verdict(QUARANTINED, UNASKED, QUARANTINED, ASK),
          new Verdict(QUARANTINED, OVERDUE, FLAGGED, FLAG),
          new Verdict(FLAGGED, BEAT, BEATING, RELEASE),
          new Verdict(FLAGGED, ANSWER, ANSWERING, RELEASE),
          new Verdict(FLAGGED, UNASKED, FLAGGED, ASK),
          new Verdict(FLAGGED, FLAG_LOST, QUARANTINED, NONE),
          // The orchestrator may have taken the flag and died before it acted
          new Verdict(FLAGGED, OVERDUE, FLAGGED, FLAG));

  private Verdicts() {}

  /// One row.
  ///
  /// @param from condition in which the sign is noticed
  /// @param sign what is noticed
  /// @param to condition that follows
  /// @param measure what is done
  record Verdict(Condition from, Sign sign, Condition to, Measure measure) {}

  /// The row that applies; empty if the sign means nothing under that condition.
  static Optional<Verdict> of(Condition condition, Sign sign) {
    return TABLE.stream().filter(row -> row.from == condition && row.sign == sign).findFirst();
  }
}
