package dev.myelin.orchestrator.aot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// One extracted jar and its cache: a folder `aot/<key>`.
///
/// | path | holds |
/// |---|---|
/// | `app/` | the extracted jar, its libraries in `app/lib` |
/// | `app.aot` | the cache |
/// | `app.aot.sha256` | its hash, by which a damaged one is recognised |
///
/// The cache is last to come and first to go, so an entry with a cache is whole.
///
/// @param folder where it is
/// @param jarName file name of the jar
record AotEntry(Path folder, String jarName) {

  private static final int KEPT = 3;

  Path app() {
    return folder.resolve("app");
  }

  Path jar() {
    return app().resolve(jarName);
  }

  Path cache() {
    return folder.resolve("app.aot");
  }

  private Path sum() {
    return folder.resolve("app.aot.sha256");
  }

  /// Whether there is a cache, as it was written. Reads all of it.
  boolean intact() throws IOException {
    try {
      return Files.isRegularFile(jar())
          && Files.readString(sum()).strip().equals(AotKey.ofContent(cache()));
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  /// Marks it as the one last used.
  void touch(Instant now) throws IOException {
    Files.setLastModifiedTime(folder, FileTime.from(now));
  }

  /// Puts a cache in its place.
  void accept(Path draft) throws IOException {
    Files.writeString(sum(), AotKey.ofContent(draft));
    Files.move(draft, cache(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /// Removes the cache; the extracted jar stays, for processes run from it.
  void dropCache() throws IOException {
    Files.deleteIfExists(cache());
    Files.deleteIfExists(sum());
  }

  /// Removes all entries of a folder but the ones last used.
  static void prune(Path entries) throws IOException {
    var found = new ArrayList<Path>();
    try (var children = Files.newDirectoryStream(entries, Files::isDirectory)) {
      children.forEach(found::add);
    }
    found.sort(Comparator.comparing(AotEntry::lastUsed).reversed());
    for (var old : found.subList(Math.min(KEPT, found.size()), found.size())) {
      delete(old);
    }
  }

  private static FileTime lastUsed(Path entry) {
    try {
      return Files.getLastModifiedTime(entry);
    } catch (IOException _) {
      return FileTime.fromMillis(0);
    }
  }

  /// Deletes a folder with all that is in it.
  static void delete(Path folder) throws IOException {
    List<Path> files;
    try (var walk = Files.walk(folder)) {
      files = walk.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException _) {
      return;
    }
    for (var file : files) {
      Files.deleteIfExists(file);
    }
  }
}
