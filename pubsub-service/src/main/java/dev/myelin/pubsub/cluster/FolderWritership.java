package dev.myelin.pubsub.cluster;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.membership.FolderLock;
import dev.myelin.pubsub.membership.Generation;
import dev.myelin.wire.InstanceId;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The operating system's lock on `membership.lock` of a cluster's folder; who holds it, and for
/// which term, stands in `membership.json`.
public final class FolderWritership implements Writership {

  private static final Logger log = LoggerFactory.getLogger(FolderWritership.class);

  private final ClusterFolder folder;
  private final InstanceId self;
  private final Clock clock;
  private final FolderLock lock;

  /// What is stored.
  ///
  /// @param holder who writes the membership
  /// @param lineage what all generations of the cluster have in common
  /// @param term grows each time somebody gets the lock
  record Holding(InstanceId holder, String lineage, long term) {}

  /// Creates one; nothing is held yet.
  ///
  /// @param folder the cluster's folder
  /// @param self this process
  /// @param clock for a term where the last one cannot be read
  public FolderWritership(ClusterFolder folder, InstanceId self, Clock clock) {
    this.folder = folder;
    this.self = self;
    this.clock = clock;
    this.lock = new FolderLock(folder, "membership.lock");
  }

  private Path file() {
    return folder.root().resolve("membership.json");
  }

  @Override
  public Optional<Generation> acquire() {
    if (!lock.tryLock()) {
      return Optional.empty();
    }
    boolean kept = false;
    try {
      var holding = next();
      folder.write(file(), holding);
      kept = true;
      return Optional.of(new Generation(holding.lineage(), holding.term()));
    } finally {
      if (!kept) {
        lock.release();
      }
    }
  }

  private Holding next() {
    try {
      return folder
          .read(file(), Holding.class)
          .map(last -> new Holding(self, last.lineage(), last.term() + 1))
          .orElseGet(() -> new Holding(self, UUID.randomUUID().toString(), 1));
    } catch (IllegalArgumentException e) {
      // Cut short by a power failure. Another lineage, so that no position of the last one is
      // compared with it; and a term that no count of acquisitions comes to, for those who compare
      // versions alone.
      long minutes = Duration.ofSeconds(clock.instant().getEpochSecond()).toMinutes();
      log.warn("'{}' is damaged: continuing with term {}", file(), minutes, e);
      return new Holding(self, UUID.randomUUID().toString(), minutes);
    }
  }

  @Override
  public boolean intact() {
    return lock.intact();
  }

  @Override
  public Optional<InstanceId> holder() {
    try {
      return folder.read(file(), Holding.class).map(Holding::holder);
    } catch (IllegalArgumentException | UncheckedIOException e) {
      log.debug("Who writes the membership cannot be read", e);
      return Optional.empty();
    }
  }

  @Override
  public void release() {
    lock.release();
  }
}
