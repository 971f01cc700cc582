package dev.myelin.orchestrator;

import dev.myelin.orchestrator.rollout.RolloutSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// When a new version of the application is given up, and how fast it comes.
///
/// @param attempts Failed starts of one service of the new version after which it is rolled back.
/// @param settle How long a new instance has to have served before an old one leaves.
/// @param errorBound By how much the share of calls that fail may be greater at the new version
///   than at the old one; 0 to 1.
/// @param errorCalls Calls of a service at the new version before their failures are judged.
@ConfigurationProperties("myelin.core.rollout")
public record RolloutProperties(
    @DefaultValue("3") int attempts,
    @DefaultValue("1s") Duration settle,
    @DefaultValue("0.1") double errorBound,
    @DefaultValue("50") int errorCalls) {

  /// Checks the limits.
  public RolloutProperties {
    Limits.atLeast("myelin.core.rollout.attempts", attempts, 1);
    if (settle.isNegative()) {
      throw new IllegalArgumentException(
          "Property 'myelin.core.rollout.settle' is %s but must be at least 0".formatted(settle));
    }
    if (!(errorBound >= 0 && errorBound <= 1)) {
      throw new IllegalArgumentException(
          "Property 'myelin.core.rollout.error-bound' is %s but must be from 0 to 1"
              .formatted(errorBound));
    }
    Limits.atLeast("myelin.core.rollout.error-calls", errorCalls, 1);
  }

  RolloutSettings settings() {
    return new RolloutSettings(attempts, settle, errorBound, errorCalls);
  }
}
