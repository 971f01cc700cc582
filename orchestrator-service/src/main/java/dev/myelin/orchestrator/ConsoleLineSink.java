package dev.myelin.orchestrator;

import dev.myelin.orchestrator.output.LineSink;
import dev.myelin.wire.InstanceId;
import java.io.PrintStream;

/// Prints each line behind the id of the instance it comes from.
final class ConsoleLineSink implements LineSink {

  private final PrintStream out;

  ConsoleLineSink(PrintStream out) {
    this.out = out;
  }

  @Override
  public void line(InstanceId id, String line) {
    out.println(id + " | " + line);
  }
}
