package dev.myelin.orchestrator.output;

import dev.myelin.wire.InstanceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a folder of log files from growing for ever.
public final class LogRetention {

  private static final Logger log = LoggerFactory.getLogger(LogRetention.class);
  private static final String SUFFIX = ".log";

  private final Path folder;
  private final int kept;

  /// Creates one.
  ///
  /// @param folder where the files are, one `<id>.log` a process
  /// @param kept how many logs of ended processes to keep, the newest ones
  public LogRetention(Path folder, int kept) {
    this.folder = folder;
    this.kept = kept;
  }

  /// Deletes the oldest logs of processes that have ended, beyond the number to keep.
  ///
  /// @param running whose logs to leave alone
  public void prune(Set<InstanceId> running) {
    try {
      var ended = new ArrayList<Dated>();
      for (var file : logs()) {
        var name = String.valueOf(file.getFileName());
        var id = name.substring(0, name.length() - SUFFIX.length());
        if (running.stream().noneMatch(instance -> instance.value().equals(id))) {
          ended.add(new Dated(file, Files.getLastModifiedTime(file)));
        }
      }
      ended.sort(Comparator.comparing(Dated::modified).reversed());
      for (var old : ended.subList(Math.min(kept, ended.size()), ended.size())) {
        Files.deleteIfExists(old.file());
      }
    } catch (IOException e) {
      log.warn("Cannot delete old logs in '{}'", folder, e);
    }
  }

  private List<Path> logs() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      var found = new ArrayList<Path>();
      files.forEach(found::add);
      return found;
    }
  }

  private record Dated(Path file, FileTime modified) {}
}
