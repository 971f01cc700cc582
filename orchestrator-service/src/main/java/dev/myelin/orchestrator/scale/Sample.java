package dev.myelin.orchestrator.scale;

/// Load of one service at one moment.
///
/// @param at the ticker's reading
/// @param serving instances that new calls are sent to
/// @param missing of those, the ones whose figures do not count: without a fresh reading, or too
///   young to have warmed up
/// @param inFlight calls that run or wait at the others
/// @param concurrency calls that the others may run at a time
/// @param flow calls that came to the others and left them
public record Sample(long at, int serving, int missing, int inFlight, int concurrency, Flow flow) {

  /// What passed through instances between their last two heartbeats, counted in the sample that
  /// first sees the later one.
  ///
  /// @param running calls that ran at the last heartbeat, waiting ones left out
  /// @param arrived calls that came, those that were shed included
  /// @param ended calls that ended
  public record Flow(int running, long arrived, long ended) {

    /// Nothing known.
    public static final Flow NONE = new Flow(0, 0, 0);

    /// Both together.
    ///
    /// @param other of other instances
    public Flow plus(Flow other) {
      return new Flow(running + other.running, arrived + other.arrived, ended + other.ended);
    }
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

  /// By how much figures of the instances that were heard are to be multiplied to be those of all.
  double scale() {
    return (double) serving / Math.max(1, serving - missing);
  }
}
