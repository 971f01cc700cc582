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
}
