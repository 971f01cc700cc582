package dev.myelin.orchestrator.scale;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// How long nobody has called a service. Confined to one thread.
///
/// Silence is not idleness: while any instance's figures do not count, the service is taken for
/// called.
final class Idleness {

  private final Map<String, Long> activeAt = new HashMap<>();

  /// Takes a sample of a service.
  ///
  /// @return for how long it has been idle
  Duration note(String service, Sample sample) {
    if (active(sample)) {
      activeAt.put(service, sample.at());
    }
    long since = activeAt.computeIfAbsent(service, _ -> sample.at());
    return Duration.ofNanos(sample.at() - since);
  }

  private static boolean active(Sample sample) {
    var flow = sample.flow();
    return sample.inFlight() > 0 || flow.arrived() > 0 || flow.ended() > 0 || !sample.complete();
  }

  /// Notes that a service is called now, though no instance says so.
  void called(String service) {
    activeAt.remove(service);
  }
}
