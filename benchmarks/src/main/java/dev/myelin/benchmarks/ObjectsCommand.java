package dev.myelin.benchmarks;

import dev.myelin.benchmarks.objects.ObjectsApplication;
import dev.myelin.benchmarks.objects.ObjectsTrial;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Objects under faults, and the hosts that it starts.
final class ObjectsCommand {
  static final String USAGE =
      """
      objects [options]: goal S2, whether objects lose anything while servers fail
        --clients=N           sessions at a time (50)
        --operations=N        operations of all of them together that have to be answered (100000)
        --minutes=N           after which it ends all the same (60)
        --store=memory|real   one in this process that stalls and loses answers, or a Cassandra
                              with memcacheds before it, stopped and killed (memory)
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
    var options =
        Options.parse(arguments, Set.of("clients", "operations", "minutes", "store", "seed"));
    boolean real =
        switch (options.text("store", "memory")) {
          case "memory" -> false;
          case "real" -> true;
          default -> throw new IllegalArgumentException("--store is 'memory' or 'real'");
        };
    var trial =
        new ObjectsTrial(
            (id, folder, store) -> ChildJvm.start(hostArguments(id, folder, store)),
            real,
            new ObjectsTrial.Load(
                options.atLeast(1, "clients", 50),
                options.atLeast(1, "operations", 100_000),
                Duration.ofMinutes(options.atLeast(1, "minutes", 60)),
                options.seed("seed", 1)));
    out.print(Machine.describe());
    out.printf(
        "%nS2  objects of 3 hosts that are killed and stopped, over %s%n",
        real ? "Cassandra and memcached, killed and stopped too" : "a store that stalls");
    try {
      trial.run().forEach(out::println);
      return true;
    } catch (InterruptedException interrupted) {
      throw interrupted;
    } catch (Exception failure) {
      out.println("  not measured: " + failure);
      return false;
    }
  }

  private static List<String> hostArguments(String id, Path folder, List<String> store) {
    var arguments = new ArrayList<>(List.of("object-host", "--id=" + id, "--folder=" + folder));
    arguments.addAll(store);
    return arguments;
  }

  /// Hosts objects until the process is killed or told to drain.
  static void host(List<String> arguments) throws InterruptedException {
    var options =
        Options.parse(arguments, Set.of("id", "folder", "store", "cassandra", "memcacheds"));
    var cassandra = options.text("cassandra", "");
    var _ =
        ObjectsApplication.start(
            options.text("id", ""),
            Path.of(options.text("folder", "")),
            cassandra.isEmpty()
                ? ObjectsApplication.shared(options.number("store", 0))
                : ObjectsApplication.servers(cassandra, options.text("memcacheds", "")));
    Thread.currentThread().join();
  }
}
