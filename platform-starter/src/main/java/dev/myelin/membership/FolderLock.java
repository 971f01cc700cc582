package dev.myelin.membership;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The operating system's lock on a file of a cluster's folder: held by one process of the host at
/// a time, or by one holder within it.
///
/// - The system frees it with the process that held it, however that ended: the next holder need
///   not wait for anything to expire, and a process that was only stopped still holds it when it
///   goes on.
/// - A folder that is not there is made for this user alone: its files say which processes are
///   killed.
/// - The file is never deleted, here or on release: a new file would be another lock.
/// - Where the folder or the file is deleted or replaced while the lock is held, others can lock
///   the new file; [#intact()] tells.
///
/// Thread-safe.
public final class FolderLock {

  private static final Logger log = LoggerFactory.getLogger(FolderLock.class);

  // POSIX frees a process's lock on a file when the process closes any descriptor of that file, so
  // a second holder in this JVM must not even open it.
  private static final Set<Path> LOCKED_HERE = ConcurrentHashMap.newKeySet();

  private final ClusterFolder folder;
  private final String name;

  @GuardedBy("this")
  private @Nullable Held held;

  @GuardedBy("this")
  private @Nullable FileChannel overlapping;

  private record Held(Path file, FileChannel channel, @Nullable Object fileKey) {}

  /// Creates one; nothing is held yet.
  ///
  /// @param folder the cluster's folder; created when the lock is first tried
  /// @param name of the file
  public FolderLock(ClusterFolder folder, String name) {
    this.folder = folder;
    this.name = name;
  }

  /// Tries to get the lock, without waiting for it.
  ///
  /// @return whether it is held now
  /// @throws UncheckedIOException if the file cannot be opened or locked
  public synchronized boolean tryLock() {
    if (held != null) {
      return true;
    }
    var file = file();
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

  private Path file() {
    try {
      Files.createDirectories(folder.root(), forOwner(folder.root()));
      return folder.root().toRealPath().resolve(name);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot create the cluster's folder '%s': %s".formatted(folder.root(), e.getMessage()),
          e);
    }
  }

  private static FileAttribute<?>[] forOwner(Path folder) {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
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
      held = new Held(file, channel, fileKey(file));
      kept = true;
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

  private static @Nullable Object fileKey(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  /// Whether the lock is held, and its file is still the one that others would lock.
  public synchronized boolean intact() {
    var current = held;
    if (current == null) {
      return false;
    }
    try {
      var found = fileKey(current.file());
      return current.channel().isOpen() && (found == null || found.equals(current.fileKey()));
    } catch (IOException _) {
      return false;
    }
  }

  /// Gives the lock back, if it is held.
  public synchronized void release() {
    var current = held;
    held = null;
    if (current == null) {
      return;
    }
    try {
      current.channel().close();
    } catch (IOException e) {
      log.warn("Cannot close '{}'", current.file(), e);
    } finally {
      LOCKED_HERE.remove(current.file());
    }
  }

  /// The file's path, for people.
  @Override
  public String toString() {
    return folder.root().resolve(name).toString();
  }
}
