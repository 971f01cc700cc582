package dev.myelin.stethoscope;

import dev.myelin.stethoscope.vitals.Thresholds;
import dev.myelin.stethoscope.vitals.Thresholds.Flagging;
import dev.myelin.stethoscope.vitals.Thresholds.Quarantine;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// When the stethoscope judges silence how. Instances beat once a second. A stethoscope that doubts
/// itself waits up to three times as long.
///
/// @param lateAfter silence after which an instance is asked; more than 1 s
/// @param suspectAfter silence, without an answer, after which an instance is quarantined; more
///   than late-after
/// @param complaintAfter time after a caller's complaint in which an instance has to answer, or is
///   quarantined; more than 0
/// @param askUrgently time from one question to an instance that is late or accused to the next;
///   more than 0
/// @param askEvery time from one question to an instance that is quarantined, or does not beat, to
///   the next; more than 0
/// @param flagAfter time in quarantine, without an answer, after which an instance is flagged to
///   die, where a second stethoscope finds it silent too; more than 0
/// @param flagAloneAfter the same where there is no second stethoscope; not less than flag-after
@ConfigurationProperties("myelin.core.stethoscope")
record StethoscopeProperties(
    @DefaultValue("1200ms") Duration lateAfter,
    @DefaultValue("2100ms") Duration suspectAfter,
    @DefaultValue("1s") Duration complaintAfter,
    @DefaultValue("150ms") Duration askUrgently,
    @DefaultValue("1s") Duration askEvery,
    @DefaultValue("10s") Duration flagAfter,
    @DefaultValue("20s") Duration flagAloneAfter) {

  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  StethoscopeProperties {
    require("late-after", lateAfter, HEARTBEAT);
    require("suspect-after", suspectAfter, lateAfter);
    require("complaint-after", complaintAfter, Duration.ZERO);
    require("ask-urgently", askUrgently, Duration.ZERO);
    require("ask-every", askEvery, Duration.ZERO);
    require("flag-after", flagAfter, Duration.ZERO);
    if (flagAloneAfter.compareTo(flagAfter) < 0) {
      throw new IllegalArgumentException(
          "myelin.core.stethoscope.flag-alone-after is %s but must not be less than flag-after, %s"
              .formatted(flagAloneAfter, flagAfter));
    }
  }

  Thresholds thresholds() {
    return new Thresholds(
        new Quarantine(lateAfter, suspectAfter, complaintAfter, askUrgently),
        new Flagging(flagAfter, flagAloneAfter),
        askEvery);
  }

  private static void require(String name, Duration value, Duration least) {
    if (value.compareTo(least) <= 0) {
      throw new IllegalArgumentException(
          "myelin.core.stethoscope.%s is %s but must be more than %s"
              .formatted(name, value, least));
    }
  }
}
