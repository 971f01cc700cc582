package dev.myelin.samples.primes.demo;

import java.io.PrintStream;
import java.time.Duration;

/// Shows the progress: one line drawn again and again on a terminal, a line each 10 % elsewhere.
///
/// Used by one thread.
final class ProgressLine {

  private static final int WIDTH = 40;
  private static final String CLEAR = "\r\u001b[K";

  private final PrintStream out;
  private final boolean terminal;
  private String drawn = "";
  private long tenths = -1;

  /// Creates one.
  ///
  /// @param out where to
  /// @param terminal whether that is a terminal
  ProgressLine(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /// Shows how far it is.
  ///
  /// @param progress how far
  /// @param instances how many instances work on it
  /// @param elapsed since when
  void show(ClusterClient.Progress progress, long instances, Duration elapsed) {
    var full = (int) (progress.fraction() * WIDTH);
    var line =
        "  [%s%s] %3d %%  %d instance%s  %4.1f s"
            .formatted(
                "#".repeat(full),
                ".".repeat(WIDTH - full),
                100 * progress.chunksDone() / progress.chunks(),
                instances,
                instances == 1 ? "" : "s",
                elapsed.toMillis() / 1000.0);
    var tenth = 10 * progress.chunksDone() / progress.chunks();
    if (terminal) {
      out.print(CLEAR + line);
      out.flush();
      drawn = line;
    } else if (tenth > tenths) {
      out.println(line);
    }
    tenths = tenth;
  }

  /// Prints a line above the progress.
  void say(String line) {
    if (terminal) {
      out.print(CLEAR);
    }
    out.println(line);
    out.print(drawn);
    out.flush();
  }

  /// Leaves the last state where it is.
  void end() {
    if (terminal) {
      out.println();
    }
    drawn = "";
  }
}
