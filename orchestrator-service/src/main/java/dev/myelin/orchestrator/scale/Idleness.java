package dev.myelin.orchestrator.scale;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// How long nobody has called a service. Confined to one thread.
///
/// Silence is not idleness: while any instance is not heard, the service counts as called.
final class Idleness {

  private final Map<String, Seen> seen = new HashMap<>();

  private record Seen(long calls, long activeAt) {}

  /// Takes a sample of a service.
  ///
  /// @return for how long it has been idle
  Duration note(String service, Sample sample) {
    var before = seen.get(service);
    boolean active = sample.inFlight() > 0 || !sample.complete();
    long activeAt =
        before == null || active || sample.calls() != before.calls()
            ? sample.at()
            : before.activeAt();
    seen.put(service, new Seen(sample.calls(), activeAt));
    return Duration.ofNanos(sample.at() - activeAt);
  }

  /// Notes that a service is called now, though no instance says so.
  void called(String service) {
    seen.remove(service);
  }
}
