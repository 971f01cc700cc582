package dev.myelin.orchestrator.scaling;

import dev.myelin.orchestrator.scale.Scaler;
import dev.myelin.orchestrator.scale.ScalingRule;
import dev.myelin.orchestrator.scale.ScalingWindows;
import java.time.Duration;

/// What decides in a run.
///
/// @param name what is special about it
/// @param windows over what times load is judged
/// @param rule what judges it
record Ruling(String name, ScalingWindows windows, ScalingRule rule) {

  static final ScalingWindows WINDOWS =
      new ScalingWindows(
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          Duration.ofSeconds(10),
          Duration.ofMinutes(5));

  /// The production's rule with its default windows.
  static final Ruling PRODUCTION = new Ruling("as built", WINDOWS, new Scaler(WINDOWS));

  @Override
  public String toString() {
    return name;
  }
}
