package dev.myelin.orchestrator.reconcile;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.membership.ClusterFolder;
import dev.myelin.orchestrator.reconcile.ReconcileSettings.Pace;
import dev.myelin.orchestrator.state.EpochFile;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.wire.ServiceNames;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// How long to wait before a service's next start, when its last ones failed. Thread-safe.
///
/// The first failure is followed by a start at once, the second by one after the first wait, and
/// each wait is twice the one before. An instance that has served for long enough ends the series.
///
/// - A core process is not waited for long: others stand in for it, but as long as it is missing,
///   the next one that dies may be the last.
/// - The series go on at the next orchestrator, by `start-series.json` in the cluster's folder.
final class StartBackoff {

  private final Time time;
  private final Pace pace;
  private final EpochFile<Kept> file;

  @GuardedBy("this")
  private final Map<String, Series> failures = new HashMap<>();

  @GuardedBy("this")
  private long epoch;

  /// Failures in a row.
  ///
  /// @param count how many
  /// @param last the ticker's reading at the last one
  /// @param recalled whether another orchestrator has seen them
  private record Series(int count, long last, boolean recalled) {}

  /// What the file holds.
  ///
  /// @param epoch of the lease under which it was written
  /// @param series by service
  record Kept(long epoch, Map<String, KeptSeries> series) implements EpochFile.Content {}

  /// Failures in a row.
  ///
  /// @param count how many
  /// @param last when the last one was
  record KeptSeries(int count, Instant last) {}

  StartBackoff(Time time, Pace pace, ClusterFolder folder) {
    this.time = time;
    this.pace = pace;
    this.file = new EpochFile<>(folder, "start-series.json", Kept.class);
  }

  /// Begins to act.
  ///
  /// @param epoch of the lease
  /// @param living whether anything of the cluster lives, so that its series go on
  synchronized void begin(long epoch, boolean living) {
    this.epoch = epoch;
    failures.clear();
    if (living) {
      file.read()
          .map(Kept::series)
          .orElse(Map.of())
          .forEach((service, kept) ->
              failures.put(service, new Series(kept.count(), reading(kept.last()), true)));
    }
    keep();
  }

  private long reading(Instant date) {
    var age = Duration.between(date, time.now());
    return time.nanos() - (age.isNegative() ? 0 : age.toNanos());
  }

  @GuardedBy("this")
  private void keep() {
    var now = time.now();
    var kept = new HashMap<String, KeptSeries>();
    failures.forEach((service, series) ->
        kept.put(service, new KeptSeries(series.count(), now.minus(time.since(series.last())))));
    file.write(new Kept(epoch, kept));
  }

  /// Notes that an instance died in its start-up or soon after it, and tells how long the next
  /// start has to wait.
  synchronized Duration failed(String service) {
    var series =
        failures.merge(
            service,
            new Series(1, time.nanos(), false),
            (before, _) -> new Series(before.count() + 1, time.nanos(), false));
    keep();
    return wait(service, series);
  }

  /// Notes how long an instance has served. Only one that began to do so after the last failure
  /// ends the series: others were there before, perhaps of another version, and prove nothing. Of
  /// one that was there before this orchestrator acted, its start has to be after the failure.
  ///
  /// @return whether no failure counts any more
  synchronized boolean served(String service, Duration how, Instant startedAt) {
    var series = failures.get(service);
    boolean since =
        series == null
            || time.passed(
                series.last(), series.recalled() ? Duration.between(startedAt, time.now()) : how);
    if (how.compareTo(pace.steady()) < 0 || !since) {
      return false;
    }
    if (failures.remove(service) != null) {
      keep();
    }
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
      if (!time.passed(series.last(), wait(service, series))) {
        waiting.add(service);
      }
    });
    return waiting;
  }

  /// Forgets all failures: something else is started from now on.
  synchronized void restart() {
    failures.clear();
    keep();
  }

  private Duration wait(String service, Series series) {
    if (series.count() <= 1) {
      return Duration.ZERO;
    }
    var wait = pace.firstWait().multipliedBy(1L << Math.min(series.count() - 2, 20));
    var longest = service.equals(ServiceNames.CORE) ? pace.firstWait() : pace.longestWait();
    return wait.compareTo(longest) < 0 ? wait : longest;
  }
}
