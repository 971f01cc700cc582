package dev.myelin.orchestrator;

import dev.myelin.orchestrator.reconcile.ReconcileSettings.Retirement;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Times of a retirement.
///
/// @param acknowledgeTimeout Time for clients to learn that an instance leaves, before it refuses
///   their calls.
/// @param drainTimeout Time for the calls in flight at an instance that leaves; they are cancelled
///   after it.
/// @param grace Time an instance has beyond that to end by itself; it is killed after it.
/// @param stopTimeout Time for the ordered stop of everything; what is left is killed after it.
@ConfigurationProperties("myelin.core.retirement")
public record RetirementProperties(
    @DefaultValue("2s") Duration acknowledgeTimeout,
    @DefaultValue("30s") Duration drainTimeout,
    @DefaultValue("5s") Duration grace,
    @DefaultValue("20s") Duration stopTimeout) {

  /// Checks the times.
  public RetirementProperties {
    Limits.positive("myelin.core.retirement.acknowledge-timeout", acknowledgeTimeout);
    Limits.positive("myelin.core.retirement.drain-timeout", drainTimeout);
    Limits.positive("myelin.core.retirement.grace", grace);
    Limits.positive("myelin.core.retirement.stop-timeout", stopTimeout);
  }

  Retirement limits() {
    return new Retirement(acknowledgeTimeout, drainTimeout, grace, stopTimeout);
  }
}
