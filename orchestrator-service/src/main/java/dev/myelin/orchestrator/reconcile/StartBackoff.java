package dev.myelin.orchestrator.reconcile;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.orchestrator.reconcile.ReconcileSettings.Pace;
import dev.myelin.orchestrator.time.Time;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// How long to wait before a service's next start, when its last ones failed. Thread-safe.
///
/// The first failure is followed by a start at once, the second by one after the first wait, and
/// each wait is twice the one before. An instance that has served for long enough ends the series.
final class StartBackoff {

  private final Time time;
  private final Pace pace;

  @GuardedBy("this")
  private final Map<String, Series> failures = new HashMap<>();

  private record Series(int count, long last) {}

  StartBackoff(Time time, Pace pace) {
    this.time = time;
    this.pace = pace;
  }

  /// Notes that an instance died in its start-up or soon after it, and tells how long the next
  /// start has to wait.
  synchronized Duration failed(String service) {
    var series =
        failures.merge(
            service,
            new Series(1, time.nanos()),
            (before, _) -> new Series(before.count() + 1, time.nanos()));
    return wait(series);
  }

  /// Notes how long an instance has served. Only one that began to do so after the last failure
  /// ends the series: others were there before, perhaps of another version, and prove nothing.
  ///
  /// @return whether no failure counts any more
  synchronized boolean served(String service, Duration how) {
    var series = failures.get(service);
    boolean since = series == null || time.passed(series.last(), how);
    if (how.compareTo(pace.steady()) < 0 || !since) {
      return false;
    }
    failures.remove(service);
    return true;
  }

  /// Whether an instance that served for that long has served for too short a time.
  boolean tooShort(Duration served) {
    return served.compareTo(pace.steady()) < 0;
  }

  /// Services whose next start has to wait.
  synchronized Set<String> waiting() {
    var waiting = new HashSet<String>();
    failures.forEach((service, series) -> {
      if (!time.passed(series.last(), wait(series))) {
        waiting.add(service);
      }
    });
    return waiting;
  }

  /// Forgets all failures: something else is started from now on.
  synchronized void restart() {
    failures.clear();
  }

  private Duration wait(Series series) {
    if (series.count() <= 1) {
      return Duration.ZERO;
    }
    var wait = pace.firstWait().multipliedBy(1L << Math.min(series.count() - 2, 20));
    return wait.compareTo(pace.longestWait()) < 0 ? wait : pace.longestWait();
  }
}
