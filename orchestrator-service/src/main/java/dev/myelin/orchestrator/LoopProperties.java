package dev.myelin.orchestrator;

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
/// @param standby Whether to wait while another orchestrator holds the cluster's lease; start-up
///   fails otherwise.
@ConfigurationProperties("myelin.core.loop")
public record LoopProperties(
    @DefaultValue("250ms") Duration tick,
    @DefaultValue("1s") Duration firstWait,
    @DefaultValue("30s") Duration longestWait,
    @DefaultValue("10s") Duration steady,
    @DefaultValue("1s") Duration renewal,
    @DefaultValue("true") boolean standby) {

  /// Checks the times.
  public LoopProperties {
    Limits.positive("myelin.core.loop.tick", tick);
    Limits.positive("myelin.core.loop.first-wait", firstWait);
    Limits.positive("myelin.core.loop.longest-wait", longestWait);
    Limits.positive("myelin.core.loop.steady", steady);
    Limits.positive("myelin.core.loop.renewal", renewal);
  }

  Pace pace() {
    return new Pace(tick, firstWait, longestWait, steady);
  }
}
