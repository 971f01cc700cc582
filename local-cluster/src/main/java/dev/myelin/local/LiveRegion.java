package dev.myelin.local;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// The last lines of a terminal, redrawn in place, with everything else scrolling by above them.
///
/// Thread-safe. Lines too long for the terminal are cut by the terminal itself, so that a line on
/// the screen is always a line here.
final class LiveRegion {

  private static final String ERASE_BELOW = "\u001b[J";
  private static final String WRAP_OFF = "\u001b[?7l";
  private static final String WRAP_ON = "\u001b[?7h";

  private final PrintStream out;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private List<String> drawn = List.of();

  LiveRegion(PrintStream out) {
    this.out = out;
  }

  /// Replaces what the region shows.
  void draw(List<String> lines) {
    write("", lines);
  }

  /// Writes whole lines above the region.
  ///
  /// @param text ends with a line feed
  void above(String text) {
    lock.lock();
    try {
      write(text, drawn);
    } finally {
      lock.unlock();
    }
  }

  private void write(String above, List<String> lines) {
    lock.lock();
    try {
      var text = new StringBuilder();
      if (!drawn.isEmpty()) {
        text.append('\r').append("\u001b[%dA".formatted(drawn.size())).append(ERASE_BELOW);
      }
      text.append(above).append(WRAP_OFF);
      lines.forEach(line -> text.append(line).append('\n'));
      out.print(text.append(WRAP_ON));
      out.flush();
      drawn = List.copyOf(lines);
    } finally {
      lock.unlock();
    }
  }
}
