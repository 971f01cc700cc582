package dev.myelin.local;

import dev.myelin.wire.ClusterView;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/// A table of the instances, redrawn in place, for a terminal. Whatever else the process prints
/// scrolls by above it.
final class TableDisplay implements Display {

  private static final int ROWS = 20;

  private final LiveRegion region;
  private final Clock clock;
  private final Supplier<Duration> elapsed;
  private final ClusterTable table = new ClusterTable(ROWS);

  TableDisplay(PrintStream terminal, Clock clock, Supplier<Duration> elapsed) {
    this.region = new LiveRegion(terminal);
    this.clock = clock;
    this.elapsed = elapsed;
  }

  /// Takes over the process's standard output, so that nothing is written into the table.
  static TableDisplay onStandardOutput(Clock clock, Supplier<Duration> elapsed) {
    var display = new TableDisplay(System.out, clock, elapsed);
    System.setOut(
        new PrintStream(new LineStream(display.region::above), true, StandardCharsets.UTF_8));
    return display;
  }

  @Override
  public void show(ClusterView view) {
    region.draw(table.draw(view, clock.instant(), elapsed.get()));
  }

  @Override
  public void say(String line) {
    region.above(ClusterTable.seconds(elapsed.get()) + "  " + line + "\n");
  }

  @Override
  public void end() {
    region.above("");
  }
}
