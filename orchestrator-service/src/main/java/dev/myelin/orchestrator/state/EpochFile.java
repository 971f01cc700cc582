package dev.myelin.orchestrator.state;

import dev.myelin.membership.ClusterFolder;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file of the cluster's folder in which the orchestrator that acts leaves what the next one has
/// to know.
///
/// It carries the epoch of whoever wrote it, so that one that has lost the lease without knowing it
/// yet cannot undo what its successor wrote. What cannot be read is as if it were not there, and
/// what cannot be written is lost at the next takeover: both are said, and neither keeps anybody
/// from acting. Thread-safe, as long as one orchestrator acts.
///
/// @param <T> a record of what the file holds
public final class EpochFile<T extends EpochFile.Content> {

  private static final Logger log = LoggerFactory.getLogger(EpochFile.class);

  private final ClusterFolder folder;
  private final Path file;
  private final Class<T> type;

  /// What a file holds.
  public interface Content {

    /// Epoch of the lease under which it was written.
    long epoch();
  }

  /// Creates it.
  ///
  /// @param folder the cluster's folder
  /// @param name of the file
  /// @param type the record's class
  public EpochFile(ClusterFolder folder, String name, Class<T> type) {
    this.folder = folder;
    this.file = folder.root().resolve(name);
    this.type = type;
  }

  /// What was written last.
  public Optional<T> read() {
    try {
      return folder.read(file, type);
    } catch (IllegalArgumentException | UncheckedIOException e) {
      log.warn("'{}' cannot be read", file, e);
      return Optional.empty();
    }
  }

  /// Writes, unless somebody has under a later epoch.
  ///
  /// @param content what is to be read by the next one
  public void write(T content) {
    var later = read().filter(found -> found.epoch() > content.epoch());
    if (later.isPresent()) {
      log.warn(
          "'{}' is not written under epoch {}: it was under {}",
          file,
          content.epoch(),
          later.get().epoch());
      return;
    }
    try {
      folder.write(file, content);
    } catch (UncheckedIOException e) {
      log.warn("'{}' cannot be written", file, e);
    }
  }
}
