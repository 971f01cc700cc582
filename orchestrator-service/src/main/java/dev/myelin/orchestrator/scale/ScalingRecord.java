package dev.myelin.orchestrator.scale;

import dev.myelin.wire.ScalingDecision;
import dev.myelin.wire.ScalingDecision.Figures;
import java.time.Instant;

/// A change of a service's desired number of instances.
///
/// @param at when it was decided
/// @param service which service
/// @param from how many it had been
/// @param to how many it is to be
/// @param reason why
/// @param sample what was seen of the service then
public record ScalingRecord(
    Instant at, String service, int from, int to, String reason, Sample sample) {

  /// For people.
  public ScalingDecision view() {
    return new ScalingDecision(
        at,
        service,
        from,
        to,
        reason,
        new Figures(
            sample.serving(),
            sample.missing(),
            sample.inFlight(),
            sample.concurrency(),
            sample.congestion()));
  }
}
