package dev.myelin.benchmarks;

import dev.myelin.benchmarks.pieces.Pieces;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Measures the parts of a call that need no network, and prints what each takes.
final class PiecesCommand {
  static final String USAGE =
      """
      pieces [options]: picker, codec and stand-in, each by itself, with JMH
        --forks=N             JVMs each (2)
        --seconds=N           length of each of ten iterations, half of them to warm up (1)
      """;

  private final PrintStream out;

  PiecesCommand(PrintStream out) {
    this.out = out;
  }

  /// Measures and prints.
  ///
  /// @return true; a piece that cannot be measured ends the command
  boolean run(List<String> arguments) {
    var options = Options.parse(arguments, Set.of("forks", "seconds"));
    var forks = options.number("forks", 2);
    var iteration = options.seconds("seconds", Duration.ofSeconds(1));
    out.print(Machine.describe());
    out.printf(
        "Method: %d JVMs a piece, 5 iterations of %d ms to warm up, then 5 that count; one thread%n",
        forks, iteration.toMillis());
    Pieces.measure(forks, iteration, ChildJvm.FLAGS).forEach(out::println);
    return true;
  }
}
