package dev.myelin.orchestrator;

import dev.myelin.orchestrator.scale.ScalingWindows;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Over what times the load of a service is judged.
///
/// @param highWindow Congestion above the high watermark, on the average of this time, adds
///   instances.
/// @param lowWindow Congestion below the low watermark, throughout this time, retires an instance.
/// @param step Time between two retirements of one service.
/// @param stale Age at which a heartbeat's figures count as missing.
/// @param warmUp Time for which the figures of an instance that has begun to serve do not count,
///   because a young JVM is slow.
/// @param idle Time without a call after which a service with `minInstances = 0` loses its last
///   instance.
@ConfigurationProperties("myelin.core.scaling")
public record ScalingProperties(
    @DefaultValue("2s") Duration highWindow,
    @DefaultValue("10s") Duration lowWindow,
    @DefaultValue("2s") Duration step,
    @DefaultValue("3s") Duration stale,
    @DefaultValue("10s") Duration warmUp,
    @DefaultValue("5m") Duration idle) {

  /// Checks the times.
  public ScalingProperties {
    Limits.positive("myelin.core.scaling.high-window", highWindow);
    Limits.positive("myelin.core.scaling.low-window", lowWindow);
    Limits.positive("myelin.core.scaling.step", step);
    Limits.positive("myelin.core.scaling.stale", stale);
    Limits.notNegative("myelin.core.scaling.warm-up", warmUp);
    Limits.positive("myelin.core.scaling.idle", idle);
  }

  ScalingWindows windows() {
    return new ScalingWindows(highWindow, lowWindow, step, stale, warmUp, idle);
  }
}
