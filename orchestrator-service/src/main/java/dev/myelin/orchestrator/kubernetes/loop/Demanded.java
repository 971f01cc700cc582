package dev.myelin.orchestrator.kubernetes.loop;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashSet;
import java.util.Set;

/// Services that are called and have no instance, as their callers say. Thread-safe.
public final class Demanded {

  @GuardedBy("this")
  private final Set<String> services = new HashSet<>();

  /// Creates it, empty.
  public Demanded() {}

  /// Notes that a service is called.
  ///
  /// @param service its name
  public synchronized void add(String service) {
    services.add(service);
  }

  /// Takes what was noted.
  synchronized Set<String> take() {
    var taken = Set.copyOf(services);
    services.clear();
    return taken;
  }
}
