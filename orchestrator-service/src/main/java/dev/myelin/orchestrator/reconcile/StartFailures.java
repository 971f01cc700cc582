package dev.myelin.orchestrator.reconcile;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.membership.ClusterFolder;
import dev.myelin.orchestrator.state.EpochFile;
import dev.myelin.wire.StartFailure;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the last failed start of each service, and how many of a version have failed. Thread-safe.
///
/// The last one is in the folder, `failures/<service>.json`, until an instance of the service has
/// served for long enough, so that whoever is asked can say why nothing starts. The numbers are in
/// `failed-starts.json`, by which the next orchestrator goes on counting.
public final class StartFailures {

  private static final Logger log = LoggerFactory.getLogger(StartFailures.class);

  private final ClusterFolder folder;

  @GuardedBy("this")
  private final Map<String, Count> counts = new HashMap<>();

  @GuardedBy("this")
  private final Map<String, String> kept = new HashMap<>();

  @GuardedBy("this")
  private long epoch;

  private final EpochFile<Kept> file;

  /// Failed starts of a service.
  ///
  /// @param version of which version
  /// @param failed how many
  /// @param last how the last one did
  record Count(String version, int failed, String last) {}

  /// What the file holds.
  ///
  /// @param epoch of the lease under which it was written
  /// @param counts by service
  record Kept(long epoch, Map<String, Count> counts) implements EpochFile.Content {}

  StartFailures(ClusterFolder folder) {
    this.folder = folder;
    this.file = new EpochFile<>(folder, "failed-starts.json", Kept.class);
  }

  /// Begins to act.
  ///
  /// @param epoch of the lease
  /// @param living whether anything of the cluster lives, so that its counts go on
  synchronized void begin(long epoch, boolean living) {
    this.epoch = epoch;
    var before = living ? file.read().map(Kept::counts).orElse(Map.of()) : Map.<String, Count>of();
    restart();
    counts.putAll(before);
    keep();
  }

  @GuardedBy("this")
  private void keep() {
    file.write(new Kept(epoch, Map.copyOf(counts)));
  }

  /// The folder of the failures.
  ///
  /// @param folder the cluster's
  public static Path in(ClusterFolder folder) {
    return folder.root().resolve("failures");
  }

  /// Notes a failed start.
  synchronized void note(StartFailure failure) {
    counts.merge(
        failure.service(),
        new Count(failure.version(), 1, failure.what()),
        (before, first) ->
            before.version().equals(first.version())
                ? new Count(first.version(), before.failed() + 1, first.last())
                : first);
    kept.put(failure.service(), failure.version());
    keep();
    try {
      folder.write(file(failure.service()), failure);
    } catch (UncheckedIOException e) {
      log.warn("The failed start of '{}' cannot be kept", failure.id(), e);
    }
  }

  /// Begins to count anew.
  synchronized void restart() {
    counts.clear();
    keep();
    kept.clear();
    folder
        .readAll(in(folder), StartFailure.class)
        .forEach(failure -> kept.put(failure.service(), failure.version()));
  }

  /// Forgets all failures: another version comes.
  synchronized void forget() {
    Set.copyOf(kept.keySet()).forEach(this::forget);
  }

  /// Forgets the failures of a service: an instance of that version has served for long enough.
  synchronized void served(String service, String version) {
    if (version.equals(kept.get(service))) {
      forget(service);
    }
  }

  private synchronized void forget(String service) {
    if (kept.remove(service) != null) {
      counts.remove(service);
      keep();
      try {
        folder.delete(file(service));
      } catch (UncheckedIOException e) {
        log.debug("'{}' cannot be deleted", file(service), e);
      }
    }
  }

  /// Which service's starts at a version have failed that often, and how the last one did.
  ///
  /// @param version name of the version
  /// @param attempts how many
  synchronized Optional<String> tooMany(String version, int attempts) {
    return counts.entrySet().stream()
        .filter(each -> each.getValue().version().equals(version))
        .filter(each -> each.getValue().failed() >= attempts)
        .map(each ->
            "%d starts of '%s' failed at %s, the last one: %s"
                .formatted(
                    each.getValue().failed(), each.getKey(), version, each.getValue().last()))
        .findFirst();
  }

  private Path file(String service) {
    return in(folder).resolve(service + ".json");
  }
}
