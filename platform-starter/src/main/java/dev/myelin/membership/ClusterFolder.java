package dev.myelin.membership;

import dev.myelin.wire.InstanceId;
import dev.myelin.wire.json.WireJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The state of a cluster on one host: a folder of small JSON files, each with one writer.
///
/// | path | holds | writer |
/// |---|---|---|
/// | `lease.json` | [ClusterLease], renewed each second | the acting orchestrator |
/// | `core/<id>.json` | [dev.myelin.wire.Instance] of a core process | that process |
/// | `membership.json` | who writes the membership, and which of its generations | that pubsub |
/// | `members/<id>.json` | [dev.myelin.wire.Member] | that pubsub |
/// | `stop.json` | [StopRequest] | whoever asks for it |
/// | `instances/<id>.json` | what the orchestrator spawned | the acting orchestrator |
/// | `topics/` | events of application topics | the pubsub that has the lock in it |
/// | `logs/<id>.log` | output of a process | that process |
///
/// A file is replaced by a rename, so a reader sees the old or the new content, never a part.
///
/// @param root the folder; created with its subfolders when first written to
public record ClusterFolder(Path root) {

  /// The lease's file.
  public Path lease() {
    return root.resolve("lease.json");
  }

  /// File of the wish that everything ends.
  public Path stop() {
    return root.resolve("stop.json");
  }

  /// Folder of the core processes.
  public Path core() {
    return root.resolve("core");
  }

  /// File of one core process.
  ///
  /// @param id identity of the process
  public Path core(InstanceId id) {
    return core().resolve(id + ".json");
  }

  /// Folder of the members.
  public Path members() {
    return root.resolve("members");
  }

  /// Folder of what was spawned.
  public Path instances() {
    return root.resolve("instances");
  }

  /// Folder of the processes' output.
  public Path logs() {
    return root.resolve("logs");
  }

  /// Writes a record, replacing the file as a whole.
  ///
  /// @param file a path below the root
  /// @param value the record
  /// @throws UncheckedIOException if it cannot be written; the old content is then still there
  public void write(Path file, Object value) {
    try {
      Files.createDirectories(file.getParent());
      var draft = Files.createTempFile(file.getParent(), "." + file.getFileName(), ".draft");
      Files.writeString(draft, WireJson.write(value));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write '%s': %s".formatted(file, e.getMessage()), e);
    }
  }

  /// Reads a record; empty if there is no such file.
  ///
  /// @param file a path below the root
  /// @param type the record's class
  /// @throws UncheckedIOException if it cannot be read
  /// @throws IllegalArgumentException if its content is not that record
  public <T> Optional<T> read(Path file, Class<T> type) {
    try {
      return Optional.of(WireJson.read(Files.readString(file), type));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read '%s': %s".formatted(file, e.getMessage()), e);
    }
  }

  /// Reads all records of a folder, in order of their file names; none if it does not exist.
  ///
  /// @param folder one of the folders above
  /// @param type the records' class
  public <T> List<T> readAll(Path folder, Class<T> type) {
    var found = new ArrayList<T>();
    try (var files = Files.newDirectoryStream(folder, "*.json")) {
      var sorted = new ArrayList<Path>();
      files.forEach(sorted::add);
      sorted.sort(null);
      for (var file : sorted) {
        read(file, type).ifPresent(found::add);
      }
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list '%s': %s".formatted(folder, e.getMessage()), e);
    }
    return found;
  }

  /// Deletes a file, if it exists.
  ///
  /// @param file a path below the root
  public void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete '%s': %s".formatted(file, e.getMessage()), e);
    }
  }
}
