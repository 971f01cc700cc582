package dev.myelin.orchestrator.scale;

/// Load of one service at one moment.
///
/// @param at the ticker's reading
/// @param serving instances that new calls are sent to
/// @param missing of those, the ones without a fresh reading
/// @param inFlight calls that run or wait at the others
/// @param concurrency calls that the others may run at a time
/// @param calls calls that have ended at them since they started
public record Sample(long at, int serving, int missing, int inFlight, int concurrency, long calls) {

  /// A sample in which no call has ended.
  ///
  /// @param at the ticker's reading
  /// @param serving instances that new calls are sent to
  /// @param missing of those, the ones without a fresh reading
  /// @param inFlight calls that run or wait at the others
  /// @param concurrency calls that the others may run at a time
  public Sample(long at, int serving, int missing, int inFlight, int concurrency) {
    this(at, serving, missing, inFlight, concurrency, 0);
  }

  /// Whether any instance was heard.
  public boolean heard() {
    return concurrency > 0;
  }

  /// Whether every serving instance was heard.
  public boolean complete() {
    return heard() && missing == 0;
  }

  /// Calls in flight / concurrency, of the instances that were heard.
  public double congestion() {
    return (double) inFlight / Math.max(1, concurrency);
  }
}
