package dev.myelin.membership;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.wire.Instance;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds the core services in a cluster's folder, which it reads at most once a second.
///
/// Where the folder cannot be read, the last processes known are returned and one WARN is logged.
/// Thread-safe.
public final class FolderCoreDirectory implements CoreDirectory {

  private static final Logger log = LoggerFactory.getLogger(FolderCoreDirectory.class);
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final ClusterFolder folder;
  private final LongSupplier nanoTicker;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private List<Instance> processes = List.of();

  @GuardedBy("lock")
  private boolean read;

  @GuardedBy("lock")
  private boolean readable = true;

  @GuardedBy("lock")
  private long readAt;

  /// Creates one.
  ///
  /// @param folder the cluster's folder
  /// @param nanoTicker interval clock, as [System#nanoTime()] is one
  public FolderCoreDirectory(ClusterFolder folder, LongSupplier nanoTicker) {
    this.folder = folder;
    this.nanoTicker = nanoTicker;
  }

  @Override
  public List<Instance> instances(String service) {
    return processes().stream().filter(process -> process.services().contains(service)).toList();
  }

  private List<Instance> processes() {
    lock.lock();
    try {
      long now = nanoTicker.getAsLong();
      if (!read || now - readAt >= FRESH.toNanos()) {
        read = true;
        readAt = now;
        refresh();
      }
      return processes;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void refresh() {
    try {
      processes =
          folder.readAll(folder.core(), Instance.class).stream()
              .sorted(
                  Comparator.comparing((Instance process) -> process.process().startedAt())
                      .reversed()
                      .thenComparing(Instance::id))
              .toList();
      readable = true;
    } catch (UncheckedIOException | IllegalArgumentException e) {
      if (readable) {
        log.warn("Core services keep their last known endpoints: {}", e.toString());
      }
      readable = false;
    }
  }
}
