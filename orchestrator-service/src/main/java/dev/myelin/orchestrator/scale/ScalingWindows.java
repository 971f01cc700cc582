package dev.myelin.orchestrator.scale;

import java.time.Duration;

/// Over what times load is judged.
///
/// @param high congestion above the high watermark, on the average of this time, adds instances
/// @param low congestion below the low watermark, throughout this time, retires one
/// @param step time between two retirements of one service
/// @param stale age at which a reading counts as missing
/// @param warmUp time for which figures of an instance that has begun to serve do not count; may be
///   0
/// @param idle without a call for this time, a service that may have no instance loses its last one
public record ScalingWindows(
    Duration high, Duration low, Duration step, Duration stale, Duration warmUp, Duration idle) {

  /// Checks that times are more than 0.
  public ScalingWindows {
    require("high", high);
    require("low", low);
    require("step", step);
    require("stale", stale);
    require("idle", idle);
    if (warmUp.isNegative()) {
      throw new IllegalArgumentException(
          "Scaling window 'warmUp' is %s but must be at least 0".formatted(warmUp));
    }
  }

  private static void require(String what, Duration found) {
    if (found.isNegative() || found.isZero()) {
      throw new IllegalArgumentException(
          "Scaling window '%s' is %s but must be more than 0".formatted(what, found));
    }
  }
}
