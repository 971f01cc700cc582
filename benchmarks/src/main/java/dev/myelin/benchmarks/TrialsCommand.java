package dev.myelin.benchmarks;

import dev.myelin.benchmarks.faults.Trial;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Makes trials one after the other and prints what came of each.
final class TrialsCommand {

  private final String place;
  private final Set<String> options;
  private final Choice choice;

  /// Which trials there are.
  @FunctionalInterface
  interface Choice {

    /// All of them.
    ///
    /// @param options how they are to be made
    /// @param progress takes lines while one is under way
    List<Trial> of(Options options, Consumer<String> progress);
  }

  /// Creates one.
  ///
  /// @param place where the trials take place, in a sentence
  /// @param options names of their options, beside `goals` and `seed`
  /// @param choice which there are
  TrialsCommand(String place, Set<String> options, Choice choice) {
    this.place = place;
    this.options = options;
    this.choice = choice;
  }

  /// Makes those that are asked for.
  ///
  /// @return whether every trial could be made
  boolean run(List<String> arguments, PrintStream out) throws InterruptedException {
    var known = new HashSet<>(options);
    known.addAll(Set.of("goals", "seed"));
    var given = Options.parse(arguments, known);
    var trials = chosen(given, choice.of(given, line -> out.println("    " + line)));
    long seed = given.seed("seed", 1);
    out.print(Machine.describe());
    out.println(place + "; seed " + seed);
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

  private static List<Trial> chosen(Options given, List<Trial> all) {
    return given.has("goals")
        ? given.texts("goals", "").stream().map(name -> named(name, all)).toList()
        : all;
  }

  private static Trial named(String name, List<Trial> all) {
    return all.stream()
        .filter(trial -> trial.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "There is no trial '%s'. There are: %s."
                    .formatted(name, all.stream().map(Trial::name).toList())));
  }
}
