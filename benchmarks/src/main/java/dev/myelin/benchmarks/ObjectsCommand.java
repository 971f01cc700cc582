package dev.myelin.benchmarks;

import dev.myelin.benchmarks.objects.ObjectsApplication;
import dev.myelin.benchmarks.objects.ObjectsTrial;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// Objects under faults, and the hosts that it starts.
final class ObjectsCommand {
  static final String USAGE =
      """
      objects [options]: goal S2, whether objects lose anything while servers fail
        --clients=N           sessions at a time (50)
        --operations=N        calls of all of them together (100000)
        --seed=N              of whatever is drawn at random (1)
      """;

  private final PrintStream out;

  ObjectsCommand(PrintStream out) {
    this.out = out;
  }

  /// Runs what is asked for.
  ///
  /// @return whether it could be measured
  boolean run(List<String> arguments) throws InterruptedException {
    var options = Options.parse(arguments, Set.of("clients", "operations", "seed"));
    var trial =
        new ObjectsTrial(
            (id, folder, store) ->
                ChildJvm.start(
                    List.of("object-host", "--id=" + id, "--folder=" + folder, "--store=" + store)),
            options.number("clients", 50),
            options.number("operations", 100_000));
    out.print(Machine.describe());
    out.printf("%nS2  objects of 3 hosts that are killed and stopped, over a store that stalls%n");
    try {
      trial.run(options.seed("seed", 1)).forEach(out::println);
      return true;
    } catch (InterruptedException interrupted) {
      throw interrupted;
    } catch (Exception failure) {
      out.println("  not measured: " + failure);
      return false;
    }
  }

  /// Hosts objects until the process is killed or told to drain.
  static void host(List<String> arguments) throws InterruptedException {
    var options = Options.parse(arguments, Set.of("id", "folder", "store"));
    var _ =
        ObjectsApplication.start(
            options.text("id", ""),
            Path.of(options.text("folder", "")),
            options.number("store", 0));
    Thread.currentThread().join();
  }
}
