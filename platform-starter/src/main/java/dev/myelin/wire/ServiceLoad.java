package dev.myelin.wire;

import java.time.Duration;

/// What one instance does for one service.
///
/// @param service name of the service
/// @param inFlight calls that run or wait for a permit
/// @param concurrency calls that may run at a time
/// @param calls calls ended since the process started
/// @param errors of those, the ones that ended with an exception or a refusal
/// @param meanLatency mean time a call took, over the last heartbeat's interval; zero without calls
/// @param shed calls refused at the door because too many ran or waited, since the process started;
///   not among the ended ones
public record ServiceLoad(
    String service,
    int inFlight,
    int concurrency,
    long calls,
    long errors,
    Duration meanLatency,
    long shed) {

  /// The load of an instance that has refused no call.
  ///
  /// @param service name of the service
  /// @param inFlight calls that run or wait for a permit
  /// @param concurrency calls that may run at a time
  /// @param calls calls ended since the process started
  /// @param errors of those, the ones that ended with an exception or a refusal
  /// @param meanLatency mean time a call took
  public ServiceLoad(
      String service,
      int inFlight,
      int concurrency,
      long calls,
      long errors,
      Duration meanLatency) {
    this(service, inFlight, concurrency, calls, errors, meanLatency, 0);
  }

  /// Calls in flight / concurrency; above 1 when calls wait.
  public double congestion() {
    return (double) inFlight / Math.max(1, concurrency);
  }
}
