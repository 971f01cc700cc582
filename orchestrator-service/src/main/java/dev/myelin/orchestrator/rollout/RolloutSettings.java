package dev.myelin.orchestrator.rollout;

import java.time.Duration;

/// When a new version is given up, and how fast it comes.
///
/// @param attempts failed starts of one service after which it is rolled back
/// @param settle how long a new instance has to have served before an old one goes
/// @param errorBound by how much the share of calls that fail may be greater at the new version
/// @param errorCalls calls of a service at the new version before that is judged
public record RolloutSettings(int attempts, Duration settle, double errorBound, int errorCalls) {

  /// Three attempts, a second, ten percent of at least fifty calls.
  public static final RolloutSettings DEFAULT =
      new RolloutSettings(3, Duration.ofSeconds(1), 0.1, 50);
}
