package dev.myelin.pubsub.topic;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.wire.InstanceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The broker of a folder belongs to the process that holds a lock of the operating system, which
/// ends with the process however that ends. Used by one thread at a time,
public final class FolderSeat implements Seat {

  private final ClusterFolder folder;
  private @Nullable FileChannel channel;
  private @Nullable FileLock lock;

  /// Creates it; nobody has it yet.
  ///
  /// @param folder the cluster's folder
  public FolderSeat(ClusterFolder folder) {
    this.folder = folder;
  }

  /// Who has it.
  ///
  /// @param instance id of the process
  record Holder(String instance) {}

  /// Where the broker keeps its files.
  ///
  /// @param folder the cluster's folder
  public static Path files(ClusterFolder folder) {
    return folder.root().resolve("topics");
  }

  @Override
  public boolean take() {
    if (lock != null) {
      return true;
    }
    try {
      Files.createDirectories(files(folder));
      var opened =
          FileChannel.open(
              files(folder).resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      var taken = tryLock(opened);
      if (taken == null) {
        opened.close();
        return false;
      }
      channel = opened;
      lock = taken;
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot lock '%s': %s".formatted(files(folder), e.getMessage()), e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      // another context of this very process has it
      return null;
    }
  }

  @Override
  public void announce(InstanceId self) {
    folder.write(holderFile(), new Holder(self.value()));
  }

  @Override
  public Optional<InstanceId> holder() {
    return folder.read(holderFile(), Holder.class).map(holder -> new InstanceId(holder.instance()));
  }

  private Path holderFile() {
    return files(folder).resolve("holder.json");
  }

  @Override
  public void close() {
    var open = channel;
    channel = null;
    lock = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot unlock '%s'".formatted(files(folder)), e);
      }
    }
  }
}
