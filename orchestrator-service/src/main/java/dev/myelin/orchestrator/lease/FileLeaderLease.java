package dev.myelin.orchestrator.lease;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.membership.ClusterFolder;
import dev.myelin.membership.ClusterLease;
import dev.myelin.orchestrator.time.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

  // POSIX frees a process's lock on a file when the process closes any descriptor of that file, so
  // a second holder in this JVM must not even open it.
  private static final Set<Path> LOCKED_HERE = ConcurrentHashMap.newKeySet();

  private final ClusterFolder folder;
  private final String name;
  private final Time time;

  @GuardedBy("this")
  private @Nullable Held held;

  @GuardedBy("this")
  private @Nullable FileChannel overlapping;

  @GuardedBy("this")
  private boolean written = true;

  private volatile OptionalLong epoch = OptionalLong.empty();

  private record Held(
      Path file, FileChannel channel, @Nullable Object fileKey, ClusterLease lease) {}

  /// Creates one; nothing is held yet.
  ///
  /// @param folder the cluster's folder
  /// @param name what the holder is called: the id of its process
  /// @param time for an epoch where the last one cannot be read
  public FileLeaderLease(ClusterFolder folder, String name, Time time) {
    this.folder = folder;
    this.name = name;
    this.time = time;
  }

  @Override
  public synchronized boolean acquire() {
    if (held != null) {
      return true;
    }
    var file = lockFile();
    if (!LOCKED_HERE.add(file)) {
      return false;
    }
    boolean kept = false;
    try {
      kept = lock(file);
      return kept;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot lock '%s': %s".formatted(file, e.getMessage()), e);
    } finally {
      if (!kept) {
        LOCKED_HERE.remove(file);
      }
    }
  }

  private Path lockFile() {
    try {
      Files.createDirectories(folder.root());
      return folder.root().toRealPath().resolve("lease.lock");
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot create the cluster's folder '%s': %s".formatted(folder.root(), e.getMessage()),
          e);
    }
  }

  @GuardedBy("this")
  private boolean lock(Path file) throws IOException {
    var channel =
        overlapping != null
            ? overlapping
            : FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    overlapping = null;
    boolean kept = false;
    try {
      if (channel.tryLock() == null) {
        return false;
      }
      var last = last();
      var lease =
          new ClusterLease(
              name,
              last.map(before -> before.epoch() + 1).orElse(1L),
              last.map(before -> before.renewal() + 1).orElse(1L));
      folder.write(folder.lease(), lease);
      held = new Held(file, channel, fileKey(file), lease);
      epoch = OptionalLong.of(lease.epoch());
      kept = true;
      log.info("lease=acquired holder={} epoch={}", name, lease.epoch());
      return true;
    } catch (OverlappingFileLockException _) {
      // Held through a copy of this class, of another class loader: to close the channel would free
      // that lock, so it is kept for the next attempt.
      overlapping = channel;
      kept = true;
      return false;
    } finally {
      if (!kept) {
        channel.close();
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

  private static @Nullable Object fileKey(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  @Override
  public synchronized boolean renew() {
    var current = held;
    if (current == null) {
      return false;
    }
    if (!stillThere(current)) {
      log.error(
          "lease=lost holder={} epoch={}: '{}' was deleted or replaced",
          name,
          current.lease().epoch(),
          current.file());
      let(current);
      return false;
    }
    var next = new ClusterLease(name, current.lease().epoch(), current.lease().renewal() + 1);
    held = new Held(current.file(), current.channel(), current.fileKey(), next);
    store(next);
    return true;
  }

  private static boolean stillThere(Held current) {
    try {
      var found = fileKey(current.file());
      return current.channel().isOpen() && (found == null || found.equals(current.fileKey()));
    } catch (IOException _) {
      return false;
    }
  }

  // A full disk does not give the lock to anybody else: the lease stays, and is said to be in
  // danger
  // because instances stop where they see no renewal for long.
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
      log.info("lease=released holder={} epoch={}", name, current.lease().epoch());
      let(current);
    }
  }

  @GuardedBy("this")
  private void let(Held current) {
    held = null;
    epoch = OptionalLong.empty();
    try {
      current.channel().close();
    } catch (IOException e) {
      log.warn("Cannot close '{}'", current.file(), e);
    } finally {
      LOCKED_HERE.remove(current.file());
    }
  }
}
