package dev.myelin.benchmarks;

import dev.myelin.benchmarks.faults.CutConnections;
import dev.myelin.benchmarks.faults.HangingLeaf;
import dev.myelin.benchmarks.faults.Overload;
import dev.myelin.benchmarks.faults.Retirement;
import dev.myelin.benchmarks.faults.RetryAmplification;
import dev.myelin.benchmarks.faults.SlowInstance;
import dev.myelin.benchmarks.faults.Trial;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;

/// Makes things go wrong, one after the other, and prints what became of the calls.
final class FaultsCommand {
  static final String USAGE =
      """
      faults [options]: what becomes of calls when things go wrong
        --goals=F4,F5         which goals (all of them)
        --seed=N              of whatever is drawn at random (1)
      """;

  private static final List<Trial> ALL =
      List.of(
          new Retirement((id, folder) -> ChildJvm.start(InstanceProcess.arguments(id, folder))),
          new CutConnections(),
          new RetryAmplification(),
          new HangingLeaf(),
          new SlowInstance(),
          new Overload());

  private final PrintStream out;

  FaultsCommand(PrintStream out) {
    this.out = out;
  }

  /// Runs what is asked for.
  ///
  /// @return whether every trial could be made
  boolean run(List<String> arguments) throws InterruptedException {
    var options = Options.parse(arguments, Set.of("goals", "seed"));
    var trials = named(options.has("goals") ? options.texts("goals", "") : names());
    var seed = options.seed("seed", 1);
    out.print(Machine.describe());
    out.println(
        "Instances on the loopback interface, in this JVM where nothing else is said; seed "
            + seed);
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

  private static List<Trial> named(List<String> names) {
    return names.stream().map(FaultsCommand::named).toList();
  }

  private static Trial named(String name) {
    return ALL.stream()
        .filter(trial -> trial.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "There is no trial '%s'. There are: %s.".formatted(name, names())));
  }

  private static List<String> names() {
    return ALL.stream().map(Trial::name).toList();
  }
}
