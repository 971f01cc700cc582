package dev.myelin.orchestrator.lease;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.membership.ClusterFolder;
import dev.myelin.membership.ClusterLease;
import dev.myelin.membership.FolderLock;
import dev.myelin.orchestrator.time.Time;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The lease of a cluster on one host: the operating system's lock on `lease.lock`, whose epoch and
/// renewals stand in `lease.json`.
///
/// - The system frees the lock with the process that held it, however that ended: the next holder
///   need not wait for a lease to expire.
/// - Neither file is deleted, here or on release: a new `lease.lock` would be another lock, and the
///   epoch in `lease.json` must go on growing.
/// - Where the folder is deleted or replaced while the lease is held, the lease is lost at the next
///   renewal.
public final class FileLeaderLease implements LeaderLease {

  private static final Logger log = LoggerFactory.getLogger(FileLeaderLease.class);

  private final ClusterFolder folder;
  private final String name;
  private final Time time;
  private final FolderLock lock;

  @GuardedBy("this")
  private @Nullable ClusterLease held;

  @GuardedBy("this")
  private boolean written = true;

  private volatile OptionalLong epoch = OptionalLong.empty();

  /// Creates one; nothing is held yet.
  ///
  /// @param folder the cluster's folder
  /// @param name what the holder is called: the id of its process
  /// @param time for an epoch where the last one cannot be read
  public FileLeaderLease(ClusterFolder folder, String name, Time time) {
    this.folder = folder;
    this.name = name;
    this.time = time;
    this.lock = new FolderLock(folder, "lease.lock");
  }

  @Override
  public synchronized boolean acquire() {
    if (held != null) {
      return true;
    }
    if (!lock.tryLock()) {
      return false;
    }
    boolean kept = false;
    try {
      var last = last();
      var lease =
          new ClusterLease(
              name,
              last.map(before -> before.epoch() + 1).orElse(1L),
              last.map(before -> before.renewal() + 1).orElse(1L));
      folder.write(folder.lease(), lease);
      held = lease;
      epoch = OptionalLong.of(lease.epoch());
      kept = true;
      log.info("lease=acquired holder={} epoch={}", name, lease.epoch());
      return true;
    } finally {
      if (!kept) {
        lock.release();
      }
    }
  }

  // A file that was cut short by a power failure has lost its epoch. Seconds since 1970 are more
  // than any epoch counted one an acquisition.
  private Optional<ClusterLease> last() {
    try {
      return folder.read(folder.lease(), ClusterLease.class);
    } catch (IllegalArgumentException e) {
      long beyond = time.now().getEpochSecond();
      log.warn("'{}' is damaged: continuing with epoch {}", folder.lease(), beyond + 1, e);
      return Optional.of(new ClusterLease(name, beyond, beyond));
    }
  }

  @Override
  public synchronized boolean renew() {
    var current = held;
    if (current == null) {
      return false;
    }
    if (!lock.intact()) {
      log.error(
          "lease=lost holder={} epoch={}: '{}' was deleted or replaced",
          name,
          current.epoch(),
          lock);
      let();
      return false;
    }
    var next = new ClusterLease(name, current.epoch(), current.renewal() + 1);
    held = next;
    store(next);
    return true;
  }

  // A full disk does not give the lock to anybody else: the lease stays, and is said to be in
  // danger because instances stop where they see no renewal for long.
  @GuardedBy("this")
  private void store(ClusterLease lease) {
    try {
      folder.write(folder.lease(), lease);
      if (!written) {
        log.info("lease=renewed holder={} epoch={}", name, lease.epoch());
      }
      written = true;
    } catch (UncheckedIOException e) {
      if (written) {
        log.error("The lease cannot be renewed, so instances will stop as orphans", e);
      }
      written = false;
    }
  }

  @Override
  public OptionalLong epoch() {
    return epoch;
  }

  @Override
  public Optional<String> holder() {
    try {
      return folder.read(folder.lease(), ClusterLease.class).map(ClusterLease::holder);
    } catch (IllegalArgumentException | UncheckedIOException _) {
      return Optional.empty();
    }
  }

  @Override
  public synchronized void release() {
    var current = held;
    if (current != null) {
      log.info("lease=released holder={} epoch={}", name, current.epoch());
      let();
    }
  }

  @GuardedBy("this")
  private void let() {
    held = null;
    epoch = OptionalLong.empty();
    lock.release();
  }
}
