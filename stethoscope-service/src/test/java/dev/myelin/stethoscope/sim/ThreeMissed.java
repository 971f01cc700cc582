package dev.myelin.stethoscope.sim;

import dev.myelin.wire.InstanceId;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The rival: accuses whoever missed three heartbeats in a row, with half a second of grace for one
/// that is only late, and asks nobody.
final class ThreeMissed {

  private static final long LIMIT = Duration.ofMillis(3_500).toNanos();

  private final Map<InstanceId, Long> heardAt = new HashMap<>();
  private final Set<InstanceId> accused = new HashSet<>();
  private int count;

  void heard(InstanceId id, long now) {
    heardAt.put(id, now);
    accused.remove(id);
  }

  void look(long now) {
    heardAt.forEach((id, at) -> {
      if (now - at > LIMIT && accused.add(id)) {
        count++;
      }
    });
  }

  int accused() {
    return count;
  }
}
