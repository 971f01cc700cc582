package dev.myelin.orchestrator.scale;

import dev.myelin.wire.ApplicationDescription.Scaling;
import java.util.List;

/// Decides how many instances a service should have.
@FunctionalInterface
public interface ScalingRule {

  /// Decides.
  ///
  /// @param limits the service's attributes
  /// @param counts its instances
  /// @param samples its load, oldest first, of at least the longer window
  /// @param now the ticker's reading
  Decision decide(Scaling limits, Counts counts, List<Sample> samples, long now);
}
