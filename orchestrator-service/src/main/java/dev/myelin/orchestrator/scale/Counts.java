package dev.myelin.orchestrator.scale;

import java.time.Duration;

/// Instances of one service.
///
/// @param desired how many there should be
/// @param serving how many take calls
/// @param unchanged time since a decision last changed the desired number
/// @param idle time since it was last called, as far as its instances say
public record Counts(int desired, int serving, Duration unchanged, Duration idle) {

  /// Instances of a service that is called.
  ///
  /// @param desired how many there should be
  /// @param serving how many take calls
  /// @param unchanged time since a decision last changed the desired number
  public Counts(int desired, int serving, Duration unchanged) {
    this(desired, serving, unchanged, Duration.ZERO);
  }
}
