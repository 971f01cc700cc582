package dev.myelin.benchmarks;

import dev.myelin.benchmarks.objects.ObjectsApplication;
import dev.myelin.benchmarks.objects.ObjectsTrial;
import dev.myelin.benchmarks.objects.ObjectsTrial.Kind;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Objects under faults, and the hosts that it starts.
final class ObjectsCommand {
  static final String USAGE =
      """
      objects [options]: goal S2, whether objects lose anything while servers fail
        --clients=N           sessions at a time (50)
        --operations=N        operations of all of them together that have to be answered (100000)
        --minutes=N           after which it ends all the same (60)
        --between=SECONDS     from the end of one mishap to the next (2)
        --store=memory|postgres|cassandra
                              one in this process that stalls and loses answers, or a server with
                              memcacheds before it, stopped and killed (memory)
        --seed=N              of whatever is drawn at random (1)
      """;

  private static final Duration BETWEEN = Duration.ofSeconds(2);

  private final PrintStream out;

  ObjectsCommand(PrintStream out) {
    this.out = out;
  }

  /// Runs what is asked for.
  ///
  /// @return whether it could be measured
  boolean run(List<String> arguments) throws InterruptedException {
    var options =
        Options.parse(
            arguments, Set.of("clients", "operations", "minutes", "between", "store", "seed"));
    var store =
        switch (options.text("store", "memory")) {
          case "memory" -> Kind.MEMORY;
          case "cassandra" -> Kind.CASSANDRA;
          case "postgres" -> Kind.POSTGRES;
          default ->
              throw new IllegalArgumentException("--store is 'memory', 'postgres' or 'cassandra'");
        };
    var trial =
        new ObjectsTrial(
            (id, folder, found) -> ChildJvm.start(hostArguments(id, folder, found)),
            store,
            new ObjectsTrial.Load(
                options.atLeast(1, "clients", 50),
                options.atLeast(1, "operations", 100_000),
                Duration.ofMinutes(options.atLeast(1, "minutes", 60)),
                options.seconds("between", BETWEEN),
                options.seed("seed", 1)));
    out.print(Machine.describe());
    out.printf(
        "%nS2  objects of 3 hosts that are killed and stopped, over %s%n",
        switch (store) {
          case MEMORY -> "a store that stalls";
          case CASSANDRA -> "Cassandra and memcached, killed and stopped too";
          case POSTGRES -> "PostgreSQL and memcached, killed and stopped too";
        });
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
        Options.parse(
            arguments, Set.of("id", "folder", "store", "cassandra", "postgres", "memcacheds"));
    var _ =
        ObjectsApplication.start(
            options.text("id", ""), Path.of(options.text("folder", "")), storeOf(options));
    Thread.currentThread().join();
  }

  private static Map<String, Object> storeOf(Options options) {
    var memcacheds = options.text("memcacheds", "");
    var cassandra = options.text("cassandra", "");
    var postgres = options.text("postgres", "");
    if (!cassandra.isEmpty()) {
      return ObjectsApplication.cassandra(cassandra, memcacheds);
    }
    return postgres.isEmpty()
        ? ObjectsApplication.shared(options.number("store", 0))
        : ObjectsApplication.postgres(postgres, memcacheds);
  }
}
