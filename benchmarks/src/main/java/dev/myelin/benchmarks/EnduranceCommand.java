package dev.myelin.benchmarks;

import dev.myelin.benchmarks.endurance.Endurance;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Kills every kind of process of a cluster in turn, under load.
final class EnduranceCommand {
  static final String USAGE =
      """
      endurance [options]: every process of a cluster killed in turn, under load
        --minutes=N           how long (10)
        --cores=N             core processes (3)
        --rate=N              calls a second (50)
        --pause=S             seconds from one recovery to the next kill (5)
        --seed=N              of whatever is drawn at random (1)
      """;

  private static final int FIRST_PORT = 20_100;
  private static final int LAST_PORT = 20_900;

  private final PrintStream out;

  EnduranceCommand(PrintStream out) {
    this.out = out;
  }

  /// Runs it.
  ///
  /// @return whether it could be done
  boolean run(List<String> arguments) throws IOException, InterruptedException {
    var options =
        Options.parse(arguments, Set.of("minutes", "cores", "rate", "pause", "seed", "jar", "app"));
    var plan =
        new Endurance.Plan(
            existing(options.text("jar", "local-cluster/target/local-cluster.jar")),
            existing(options.text("app", "sample-apps/primes/target/primes.jar")),
            options.number("cores", 3),
            Duration.ofMinutes(options.number("minutes", 10)),
            options.seconds("pause", Duration.ofSeconds(5)),
            options.number("rate", 50),
            options.seed("seed", 1));
    out.print(Machine.describe());
    out.printf(
        "%d core processes, the primes sample, %d minutes, %.0f calls a second; seed %d%n",
        plan.cores(), plan.time().toMinutes(), plan.rate(), plan.seed());
    var folder = Files.createTempDirectory("benchmark-endurance-");
    new Endurance(plan, line -> out.println("  " + line))
        .run(folder, freePort())
        .forEach(out::println);
    return true;
  }

  private static Path existing(String name) {
    var path = Path.of(name).toAbsolutePath();
    if (!Files.isRegularFile(path)) {
      throw new IllegalArgumentException(
          "There is no '%s': build it with `mvn -DskipTests package`, and run this from the project's folder."
              .formatted(path));
    }
    return path;
  }

  // Below the ports that the system hands out by itself, so that no client is given it for its end
  private static int freePort() throws IOException {
    for (int port = FIRST_PORT; ; port++) {
      try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        if (port == LAST_PORT) {
          throw e;
        }
      }
    }
  }
}
