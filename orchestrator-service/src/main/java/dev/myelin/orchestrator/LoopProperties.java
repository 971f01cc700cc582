package dev.myelin.orchestrator;

import dev.myelin.orchestrator.lease.LeaseKeeper;
import dev.myelin.orchestrator.reconcile.ReconcileSettings.Pace;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How often the orchestrator looks and tries.
///
/// @param tick Longest time between two looks at what is desired and observed.
/// @param firstWait Wait before a service's next start after two failed ones; twice that after the
///   next.
/// @param longestWait No wait before a start is longer.
/// @param steady How long an instance has to have served to end a series of failed starts.
/// @param renewal How often the cluster's lease is renewed.
/// @param attempt How often a waiting orchestrator tries to get the lease.
/// @param hungAfter How long the lease may stay without a renewal before its holder, if it does not
///   answer either, is taken for hung and killed by a waiting orchestrator.
/// @param standby Whether to wait while another orchestrator holds the cluster's lease; start-up
///   fails otherwise.
@ConfigurationProperties("myelin.core.loop")
public record LoopProperties(
    @DefaultValue("250ms") Duration tick,
    @DefaultValue("1s") Duration firstWait,
    @DefaultValue("30s") Duration longestWait,
    @DefaultValue("10s") Duration steady,
    @DefaultValue("1s") Duration renewal,
    @DefaultValue("200ms") Duration attempt,
    @DefaultValue("5s") Duration hungAfter,
    @DefaultValue("true") boolean standby) {

  /// Checks the times.
  public LoopProperties {
    Limits.positive("myelin.core.loop.tick", tick);
    Limits.positive("myelin.core.loop.first-wait", firstWait);
    Limits.positive("myelin.core.loop.longest-wait", longestWait);
    Limits.positive("myelin.core.loop.steady", steady);
    Limits.positive("myelin.core.loop.renewal", renewal);
    Limits.positive("myelin.core.loop.attempt", attempt);
    if (hungAfter.compareTo(renewal.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "Property 'myelin.core.loop.hung-after' is %s but must be at least twice 'myelin.core.loop.renewal', %s"
              .formatted(hungAfter, renewal));
    }
  }

  LeaseKeeper.Pace leasePace() {
    return new LeaseKeeper.Pace(renewal, attempt);
  }

  Pace pace() {
    return new Pace(tick, firstWait, longestWait, steady);
  }
}
