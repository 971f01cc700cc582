package dev.myelin.orchestrator.output;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Reads the end of a log file.
public final class LogTail {

  private static final int MOST_BYTES = 16 * 1024;

  private LogTail() {}

  /// The last lines, of the last 16 KiB; none if the file cannot be read.
  ///
  /// @param file the log
  /// @param count how many at most
  public static List<String> lastLines(Path file, int count) {
    try (var log = new RandomAccessFile(file.toFile(), "r")) {
      long start = Math.max(0, log.length() - MOST_BYTES);
      var bytes = new byte[(int) (log.length() - start)];
      log.seek(start);
      log.readFully(bytes);
      var lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      // What the window cuts in two is no line
      var whole = start > 0 && lines.size() > 1 ? lines.subList(1, lines.size()) : lines;
      return List.copyOf(whole.subList(Math.max(0, whole.size() - count), whole.size()));
    } catch (IOException _) {
      return List.of();
    }
  }

  /// The last lines as a block to end a message with.
  ///
  /// @param file the log
  /// @param count how many lines at most
  public static String quote(Path file, int count) {
    var lines = lastLines(file, count);
    return lines.isEmpty()
        ? "It printed nothing to '%s'.".formatted(file)
        : "Last lines of '%s':%n  %s"
            .formatted(file, String.join(System.lineSeparator() + "  ", lines));
  }
}
