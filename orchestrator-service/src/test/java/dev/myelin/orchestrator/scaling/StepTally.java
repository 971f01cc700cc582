package dev.myelin.orchestrator.scaling;

import java.util.Locale;

/// What became of steps of the load.
final class StepTally {

  private static final double LATEST = 3;

  private int runs;
  private int within;
  private int early;
  private double latest;
  private int fewest;
  private int most;

  /// Adds a run.
  ///
  /// @param run that has ended
  /// @param at when the step was, in seconds
  /// @param right how many instances bring the load half-way between the watermarks
  void add(ScalingRun run, double at, int right) {
    double decided =
        run.changes().stream()
            .mapToDouble(ScalingRun::seconds)
            .filter(seconds -> seconds > at)
            .map(seconds -> seconds - at)
            .findFirst()
            .orElse(Double.POSITIVE_INFINITY);
    int under = run.desired() - right;
    int over = run.most() - right;
    runs++;
    early += decided <= LATEST ? 1 : 0;
    within += under >= -1 && over <= 1 ? 1 : 0;
    latest = Math.max(latest, decided);
    fewest = Math.min(fewest, under);
    most = Math.max(most, over);
  }

  boolean met() {
    return early == runs && within == runs;
  }

  String text() {
    return String.format(
        Locale.ROOT,
        "1x to 4x: decided within %.1f s, count %+d to %+d of right at any time (%d of %d runs"
            + " within 1), N=%d",
        latest,
        fewest,
        most,
        within,
        runs,
        runs);
  }
}
