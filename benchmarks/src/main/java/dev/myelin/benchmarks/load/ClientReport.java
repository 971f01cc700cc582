package dev.myelin.benchmarks.load;

import java.util.List;

/// What one client process measured against one server process.
///
/// @param phases one for each number of callers; copied
/// @param wireBytes the bytes of a call
public record ClientReport(List<Phase> phases, WireBytes wireBytes) {
  public ClientReport {
    phases = List.copyOf(phases);
  }

  /// Returns the phase with a number of callers.
  ///
  /// @throws IllegalArgumentException if none was measured
  public Phase with(int callers) {
    return phases.stream()
        .filter(phase -> phase.callers() == callers)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No phase had " + callers + " callers."));
  }
}
