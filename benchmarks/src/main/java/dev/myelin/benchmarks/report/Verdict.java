package dev.myelin.benchmarks.report;

/// What a goal came to in a run.
///
/// @param goal what was asked
/// @param found the figure, in words
/// @param met whether it was reached
record Verdict(String goal, String found, boolean met) {

  @Override
  public String toString() {
    return "%s  %s: %s".formatted(met ? "met   " : "MISSED", goal, found);
  }
}
