package dev.myelin.orchestrator.reconcile;

import dev.myelin.orchestrator.rollout.RolloutSettings;
import java.time.Duration;

/// Limits of what the loop waits for and of how much it starts.
///
/// @param startTimeout time from the start of a process until it has registered, or until an
///   adopted one has answered
/// @param retirement times of a retirement
/// @param counts numbers of processes
/// @param pace how often it looks and tries
/// @param rollout when a new version is given up
public record ReconcileSettings(
    Duration startTimeout,
    Retirement retirement,
    Counts counts,
    Pace pace,
    RolloutSettings rollout) {

  /// Limits with the usual ones of a rollout.
  ///
  /// @param startTimeout time from the start of a process until it has registered
  /// @param retirement times of a retirement
  /// @param counts numbers of processes
  /// @param pace how often it looks and tries
  public ReconcileSettings(Duration startTimeout, Retirement retirement, Counts counts, Pace pace) {
    this(startTimeout, retirement, counts, pace, RolloutSettings.DEFAULT);
  }

  /// How often the loop looks, and tries to start a service that fails.
  ///
  /// @param tick how long it sleeps at most
  /// @param firstWait wait before a start after two failures; twice that after the next
  /// @param longestWait no wait is longer
  /// @param steady how long an instance has to have served to end a series of failures
  public record Pace(Duration tick, Duration firstWait, Duration longestWait, Duration steady) {}

  /// Times of a retirement.
  ///
  /// @param acknowledge time for clients to learn that an instance leaves
  /// @param drain time for its calls in flight
  /// @param grace time it has beyond that to end by itself
  /// @param stop time for the ordered stop of everything
  public record Retirement(Duration acknowledge, Duration drain, Duration grace, Duration stop) {}

  /// Numbers of processes.
  ///
  /// @param front fronts, ≥ 1
  /// @param most processes at a time, of all services together
  /// @param starting processes that may start up at a time
  /// @param cores core processes beside this one that are to be there; 0 = they are nobody's to
  ///   start
  public record Counts(int front, int most, int starting, int cores) {

    /// Checks that there is at least 1 of each, but for the cores.
    public Counts {
      require("front", front);
      require("most", most);
      require("starting", starting);
      if (cores < 0) {
        throw new IllegalArgumentException(
            "Number of other core processes is %d but must be at least 0".formatted(cores));
      }
    }

    private static void require(String what, int found) {
      if (found < 1) {
        throw new IllegalArgumentException(
            "Number of processes '%s' is %d but must be at least 1".formatted(what, found));
      }
    }
  }
}
