package dev.myelin.stethoscope.vitals;

import static dev.myelin.stethoscope.vitals.Condition.ACCUSED;
import static dev.myelin.stethoscope.vitals.Condition.ANSWERING;
import static dev.myelin.stethoscope.vitals.Condition.BEATING;
import static dev.myelin.stethoscope.vitals.Condition.FLAGGED;
import static dev.myelin.stethoscope.vitals.Condition.LATE;
import static dev.myelin.stethoscope.vitals.Condition.MUTE;
import static dev.myelin.stethoscope.vitals.Condition.QUARANTINED;
import static dev.myelin.stethoscope.vitals.Measure.ASK;
import static dev.myelin.stethoscope.vitals.Measure.FLAG;
import static dev.myelin.stethoscope.vitals.Measure.NONE;
import static dev.myelin.stethoscope.vitals.Measure.QUARANTINE;
import static dev.myelin.stethoscope.vitals.Measure.RELEASE;
import static dev.myelin.stethoscope.vitals.Sign.ANSWER;
import static dev.myelin.stethoscope.vitals.Sign.BEAT;
import static dev.myelin.stethoscope.vitals.Sign.COMPLAINT;
import static dev.myelin.stethoscope.vitals.Sign.FLAG_LOST;
import static dev.myelin.stethoscope.vitals.Sign.LATENESS;
import static dev.myelin.stethoscope.vitals.Sign.OVERDUE;
import static dev.myelin.stethoscope.vitals.Sign.SILENCE;
import static dev.myelin.stethoscope.vitals.Sign.UNANSWERED;
import static dev.myelin.stethoscope.vitals.Sign.UNASKED;
import static dev.myelin.stethoscope.vitals.Sign.WRONGED;

import dev.myelin.wire.InstanceId;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The state machine of an instance's condition, as one table.
///
/// Quarantine comes early and is taken back by any sign of life; a flag comes late. What callers
/// say makes a stethoscope ask, and nothing more. A sign that has no row under a condition means
/// nothing there.
public final class Verdicts {

  /// All transitions.
  static final List<Verdict> TABLE =
      List.of(
          new Verdict(BEATING, BEAT, BEATING, NONE),
          new Verdict(BEATING, LATENESS, LATE, ASK),
          new Verdict(BEATING, COMPLAINT, ACCUSED, ASK),
          new Verdict(BEATING, WRONGED, BEATING, RELEASE),
          new Verdict(LATE, BEAT, BEATING, NONE),
          new Verdict(LATE, ANSWER, ANSWERING, NONE),
          new Verdict(LATE, COMPLAINT, ACCUSED, ASK),
          new Verdict(LATE, UNASKED, LATE, ASK),
          new Verdict(LATE, SILENCE, QUARANTINED, QUARANTINE),
          new Verdict(ACCUSED, ANSWER, ANSWERING, NONE),
          new Verdict(ACCUSED, UNASKED, ACCUSED, ASK),
          new Verdict(ACCUSED, UNANSWERED, MUTE, QUARANTINE),
          new Verdict(ACCUSED, SILENCE, QUARANTINED, QUARANTINE),
          new Verdict(ANSWERING, BEAT, BEATING, NONE),
          new Verdict(ANSWERING, ANSWER, ANSWERING, NONE),
          new Verdict(ANSWERING, LATENESS, LATE, ASK),
          new Verdict(ANSWERING, COMPLAINT, ACCUSED, ASK),
          new Verdict(ANSWERING, UNASKED, ANSWERING, ASK),
          new Verdict(ANSWERING, WRONGED, ANSWERING, RELEASE),
          new Verdict(MUTE, ANSWER, ANSWERING, RELEASE),
          new Verdict(MUTE, UNASKED, MUTE, ASK),
          new Verdict(MUTE, SILENCE, QUARANTINED, NONE),
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

  private static final Logger log = LoggerFactory.getLogger(Verdicts.class);
  private static final Map<Condition, Map<Sign, Verdict>> ROWS = rows();

  private Verdicts() {}

  /// One row.
  ///
  /// @param from condition in which the sign is noticed
  /// @param sign what is noticed
  /// @param to condition that follows
  /// @param measure what is done
  record Verdict(Condition from, Sign sign, Condition to, Measure measure) {}

  private static Map<Condition, Map<Sign, Verdict>> rows() {
    var rows = new EnumMap<Condition, Map<Sign, Verdict>>(Condition.class);
    for (var row : TABLE) {
      rows.computeIfAbsent(row.from, _ -> new EnumMap<>(Sign.class)).put(row.sign, row);
    }
    return rows;
  }

  /// The row that applies; empty if the sign means nothing under that condition.
  static Optional<Verdict> of(Condition condition, Sign sign) {
    return Optional.ofNullable(ROWS.getOrDefault(condition, Map.of()).get(sign));
  }

  /// Tells people of a transition.
  static void say(InstanceId id, Verdict verdict, Duration silence) {
    if (quiet(verdict)) {
      log.debug(
          "Condition changed: instance={} from={} to={} sign={} silence={}",
          id,
          verdict.from(),
          verdict.to(),
          verdict.sign(),
          silence);
    } else {
      log.info(
          "Condition changed: instance={} from={} to={} sign={} silence={}",
          id,
          verdict.from(),
          verdict.to(),
          verdict.sign(),
          silence);
    }
  }

  // A heartbeat that is a moment late is nothing to tell anybody
  private static boolean quiet(Verdict verdict) {
    return !verdict.from().suspect() && !verdict.to().suspect();
  }
}
