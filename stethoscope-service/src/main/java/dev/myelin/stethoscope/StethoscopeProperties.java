package dev.myelin.stethoscope;

import dev.myelin.stethoscope.vitals.Thresholds;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// When the stethoscope judges silence how. Instances beat once a second.
///
/// @param suspectAfter silence after which an instance is quarantined; more than 1 s
/// @param flagAfter time in quarantine, without an answer, after which an instance is flagged to
///   die; more than 0
/// @param askEvery time from one question to a silent instance to the next; more than 0
@ConfigurationProperties("myelin.core.stethoscope")
record StethoscopeProperties(
    @DefaultValue("2200ms") Duration suspectAfter,
    @DefaultValue("10s") Duration flagAfter,
    @DefaultValue("1s") Duration askEvery) {

  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  StethoscopeProperties {
    require("suspect-after", suspectAfter, HEARTBEAT);
    require("flag-after", flagAfter, Duration.ZERO);
    require("ask-every", askEvery, Duration.ZERO);
  }

  Thresholds thresholds() {
    return new Thresholds(suspectAfter, flagAfter, askEvery);
  }

  private static void require(String name, Duration value, Duration least) {
    if (value.compareTo(least) <= 0) {
      throw new IllegalArgumentException(
          "myelin.core.stethoscope.%s is %s but must be more than %s"
              .formatted(name, value, least));
    }
  }
}
