package dev.myelin.orchestrator.state;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.wire.InstanceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files `instances/<id>.json`: what was started and has not been seen to end. Thread-safe, as
/// long as one orchestrator acts.
public final class SpawnRecords {

  private static final Logger log = LoggerFactory.getLogger(SpawnRecords.class);

  private final ClusterFolder folder;

  /// Creates it.
  ///
  /// @param folder the cluster's folder
  public SpawnRecords(ClusterFolder folder) {
    this.folder = folder;
  }

  /// Reads all, in order of their file names. A file that is not a record is deleted with a
  /// warning: if its process lives, membership still lists it.
  public List<SpawnRecord> load() {
    var found = new ArrayList<SpawnRecord>();
    for (var file : files()) {
      try {
        folder.read(file, SpawnRecord.class).ifPresent(found::add);
      } catch (IllegalArgumentException e) {
        log.warn("'{}' is damaged and is deleted", file, e);
        folder.delete(file);
      }
    }
    return found;
  }

  private List<Path> files() {
    try (var files = Files.newDirectoryStream(folder.instances(), "*.json")) {
      var sorted = new ArrayList<Path>();
      files.forEach(sorted::add);
      sorted.sort(null);
      return sorted;
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot list '%s': %s".formatted(folder.instances(), e.getMessage()), e);
    }
  }

  /// Stores one.
  ///
  /// @param spawned what was started
  public void store(SpawnRecord spawned) {
    folder.write(file(spawned.id()), spawned);
  }

  /// Deletes one, if it is there.
  ///
  /// @param id which instance has ended, or is about to
  public void delete(InstanceId id) {
    folder.delete(file(id));
  }

  /// Deletes one, if it is there, and what a core process that was killed could not take with it.
  ///
  /// @param id which instance has ended
  public void bury(InstanceId id) {
    folder.delete(folder.core(id));
    delete(id);
  }

  private Path file(InstanceId id) {
    return folder.instances().resolve(id + ".json");
  }
}
