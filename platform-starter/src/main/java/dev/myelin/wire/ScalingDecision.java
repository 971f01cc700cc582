package dev.myelin.wire;

import java.time.Instant;

/// A change of a service's desired number of instances, as people see it.
///
/// @param at when it was decided
/// @param service which service
/// @param from how many it had been
/// @param to how many it is to be
/// @param reason why
/// @param figures what was seen of the service then
public record ScalingDecision(
    Instant at, String service, int from, int to, String reason, Figures figures) {

  /// The load of a service at one moment.
  ///
  /// @param serving instances that new calls were sent to
  /// @param missing of those, the ones without a fresh reading
  /// @param inFlight calls that ran or waited at the others
  /// @param concurrency calls that the others may run at a time
  /// @param congestion calls in flight / concurrency
  public record Figures(
      int serving, int missing, int inFlight, int concurrency, double congestion) {}
}
