package dev.myelin.benchmarks;

import dev.myelin.orchestrator.scaling.ScalingGoals;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;

/// Scales simulated services in virtual time, by the orchestrator's own classes, and prints what
/// became of the goals.
final class ScalingCommand {
  static final String USAGE =
      """
      scaling [options]: how the number of instances follows the load, simulated
        --seed=N              the first seed (1)
        --seeds=N             how many seeds, one after the other (20)
      """;

  private final PrintStream out;

  ScalingCommand(PrintStream out) {
    this.out = out;
  }

  /// Simulates and prints.
  ///
  /// @return true; what is missed is said, and is no failure to measure
  boolean run(List<String> arguments) {
    var options = Options.parse(arguments, Set.of("seed", "seeds"));
    long seed = options.seed("seed", 1);
    int seeds = options.number("seeds", 20);
    var goals = new ScalingGoals(seed, seeds);
    out.print(Machine.describe());
    out.printf("Simulated in virtual time, seeds %d to %d%n%n", seed, seed + seeds - 1);
    for (var figure : goals.all()) {
      out.printf("%s  %s %s%n", figure.goal(), figure.met() ? "met   " : "MISSED", figure.text());
    }
    out.printf("%nWith 3.6 to 14.4 calls a second of a second each (no goal):%n");
    out.printf("    %s%n", goals.fewCalls());
    out.printf("%nThe decisions of one step, and of its end a minute later, seed %d:%n", seed);
    goals.trace().forEach(line -> out.println("  " + line));
    return true;
  }
}
