package dev.myelin.benchmarks;

import dev.myelin.benchmarks.faults.Kills;
import dev.myelin.benchmarks.faults.Rolls;
import dev.myelin.benchmarks.faults.Trial;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Replaces and kills the processes of a real cluster, and prints what became of the calls.
final class RolloutCommand {
  static final String USAGE =
      """
      rollout [options]: what becomes of calls when a cluster's processes are replaced or killed
        --goals=E1,E3         which goals (both)
        --rolls=N             how often the application is replaced (3; the goal is stated for 10)
        --rate=N              calls a second (200)
        --kill-seconds=N      for how long a process is killed every 20 s (120; the goal says 600)
        --seed=N              of whatever is drawn at random (1)
      """;

  private static final int ROLLS = 3;
  private static final int RATE = 200;
  private static final Duration KILLING = Duration.ofMinutes(2);

  private final PrintStream out;

  RolloutCommand(PrintStream out) {
    this.out = out;
  }

  /// Runs what is asked for.
  ///
  /// @return whether every trial could be made
  boolean run(List<String> arguments) throws InterruptedException {
    var options =
        Options.parse(arguments, Set.of("goals", "rolls", "rate", "kill-seconds", "seed"));
    var trials = trials(options);
    var seed = options.seed("seed", 1);
    out.print(Machine.describe());
    out.println(
        "Instances are processes of this machine, called through the gateway; seed " + seed);
    var complete = true;
    for (var trial : trials) {
      out.printf("%n%s  %s%n", trial.name(), trial.title());
      try {
        trial.run(seed).forEach(out::println);
      } catch (InterruptedException interrupted) {
        throw interrupted;
      } catch (Exception failure) {
        out.println("  not measured: " + failure);
        complete = false;
      }
    }
    return complete;
  }

  private static List<Trial> trials(Options options) {
    int rate = atLeastOne("rate", options.number("rate", RATE));
    List<Trial> all =
        List.of(
            new Rolls(atLeastOne("rolls", options.number("rolls", ROLLS)), rate),
            new Kills(options.seconds("kill-seconds", KILLING), rate));
    var names = options.texts("goals", "E1,E3");
    return names.stream()
        .map(name ->
            all.stream()
                .filter(trial -> trial.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                    new IllegalArgumentException(
                        "There is no trial '%s'. There are: E1, E3.".formatted(name))))
        .toList();
  }

  private static int atLeastOne(String name, int found) {
    if (found < 1) {
      throw new IllegalArgumentException(
          "The option '--%s' is %d, expected at least 1.".formatted(name, found));
    }
    return found;
  }
}
