package dev.myelin.orchestrator.scaling;

import dev.myelin.orchestrator.scale.ScalingRecord;
import dev.myelin.wire.InstanceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Knows, independently of what is tested, when figures of a serving instance were missing, and
/// notes who retired then.
final class Blindness {

  private static final double STALE = Ruling.WINDOWS.stale().toMillis() / 1e3;
  private static final double WINDOW = Ruling.WINDOWS.low().toMillis() / 1e3;
  // The rule looks every half second, so it may miss what is missing for less
  private static final double LOOKS = 0.6;

  private final Map<InstanceId, Double> lastBeat = new HashMap<>();
  private final List<ScalingRecord> retirements = new ArrayList<>();
  private double blindAt = Double.NEGATIVE_INFINITY;

  /// The orchestrator was told of a heartbeat.
  void heard(InstanceId id, double at) {
    lastBeat.put(id, at);
  }

  /// Looks who has been silent.
  void look(double seconds, List<InstanceId> serving) {
    for (var id : serving) {
      if (seconds - lastBeat.getOrDefault(id, 0.0) > STALE + LOOKS) {
        blindAt = seconds;
      }
    }
  }

  /// A change was decided.
  void note(ScalingRecord change, double seconds) {
    if (change.to() < change.from() && seconds - blindAt < WINDOW - LOOKS) {
      retirements.add(change);
    }
  }

  List<ScalingRecord> retirements() {
    return List.copyOf(retirements);
  }
}
