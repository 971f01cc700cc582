package dev.myelin.local;

import dev.myelin.wire.CallTotals;
import dev.myelin.wire.ClusterView;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/// One line per change of state, for pipes and files.
final class LineDisplay implements Display {

  private final PrintStream out;
  private final Supplier<Duration> elapsed;
  private ClusterView last = new ClusterView(Map.of(), CallTotals.NONE);

  LineDisplay(PrintStream out, Supplier<Duration> elapsed) {
    this.out = out;
    this.elapsed = elapsed;
  }

  @Override
  public void show(ClusterView view) {
    for (var change : StateChange.between(last, view)) {
      print("%-28s  %-11s  %s".formatted(change.instance().id(), change.state(), change.place()));
    }
    last = view;
  }

  @Override
  public void say(String line) {
    print(line);
  }

  @Override
  public void end() {
    out.flush();
  }

  private void print(String text) {
    out.println(ClusterTable.seconds(elapsed.get()) + "  " + text.stripTrailing());
  }
}
