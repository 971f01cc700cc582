package dev.myelin.samples.primes.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/// Runs the demo.
///
/// `--stay`: the cluster goes on until somebody stops it. `--terminal`: the output is one, so that
/// lines can be drawn again.
///
/// Ends with 0 if the answer is right and no call failed. Whatever happens, and also when it is
/// interrupted, the cluster ends with it.
final class Demo {

  private static final String USAGE =
      "usage: Demo CLUSTER_JAR APPLICATION_JAR FOLDER [--stay] [--terminal]";
  private static final long BELOW = 100_000_000;
  private static final long KNOWN_ANSWER = 5_761_455;
  private static final int LEAST_INSTANCES = 1;
  private static final int USUAL_PORT = 8080;
  // below those that the system gives away by itself, to the cluster's own processes too
  private static final int FIRST_PORT = 20_000;
  private static final int LAST_PORT = 32_000;
  private static final int PORTS_TRIED = 100;
  private static final int LINES_OF_LOG = 30;
  private static final Duration TIME_TO_START = Duration.ofMinutes(2);
  private static final Duration TIME_TO_SCALE_DOWN = Duration.ofSeconds(60);

  private final PrintStream out;
  private final boolean terminal;
  private final ClusterProcess process;
  private final ClusterClient cluster;
  private final URI address;
  private final long started = System.nanoTime();

  private Demo(PrintStream out, boolean terminal, ClusterProcess process, URI address) {
    this.out = out;
    this.terminal = terminal;
    this.process = process;
    this.cluster = new ClusterClient(address);
    this.address = address;
  }

  static void main(String[] arguments) throws InterruptedException {
    if (arguments.length < 3) {
      System.err.println(USAGE);
      System.exit(2);
    }
    // figures look the same wherever it runs
    Locale.setDefault(Locale.ROOT);
    System.exit(run(List.of(arguments), System.out) ? 0 : 1);
  }

  /// Runs the demo.
  ///
  /// @param arguments the two jars, the folder and the options
  /// @param out where to tell the story
  /// @return whether all went well
  static boolean run(List<String> arguments, PrintStream out) throws InterruptedException {
    var stay = arguments.contains("--stay");
    var terminal = arguments.contains("--terminal");
    try {
      var address = URI.create("http://127.0.0.1:" + freePort(stay));
      var command =
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-jar",
              Path.of(arguments.get(0)).toAbsolutePath().toString(),
              "--myelin.app=" + Path.of(arguments.get(1)).toAbsolutePath(),
              "--server.port=" + address.getPort());
      var process = ClusterProcess.start(command, Path.of(arguments.get(2)).toAbsolutePath());
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAtExit(process, out)));
      return new Demo(out, terminal, process, address).tell(stay);
    } catch (IOException | DemoFailure failure) {
      out.println(failure.getMessage());
      return false;
    }
  }

  /// A free port; for a cluster that stays, the one that people expect, if nobody has it.
  private static int freePort(boolean stay) throws IOException {
    var loopback = InetAddress.getLoopbackAddress();
    if (stay) {
      try (var socket = new ServerSocket(USUAL_PORT, 1, loopback)) {
        return socket.getLocalPort();
      } catch (IOException _) {
        // taken: any other will do
      }
    }
    for (var tried = 1; ; tried++) {
      var port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
      try (var socket = new ServerSocket(port, 1, loopback)) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        if (tried == PORTS_TRIED) {
          throw taken;
        }
      }
    }
  }

  private static void stopAtExit(ClusterProcess process, PrintStream out) {
    if (process.alive()) {
      out.println("\nStopping the cluster");
    }
    try {
      process.stop();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean tell(boolean stay) throws InterruptedException {
    try {
      out.printf("Starting a cluster at %s, output in %s%n", address, process.log());
      awaitFirstCall();
      printMemory();
      var right = count();
      if (stay) {
        stay();
        return right;
      }
      return stop() && right;
    } catch (DemoFailure failure) {
      // an interrupted demo fails too, for no reason worth telling
      if (!process.stopping()) {
        out.printf(
            "%n%s%nThe end of %s:%n%s%n",
            failure.getMessage(), process.log(), process.lastLines(LINES_OF_LOG));
      }
      return false;
    } finally {
      process.stop();
    }
  }

  private void awaitFirstCall() throws DemoFailure, InterruptedException {
    while (!cluster.answersCalls()) {
      if (!process.alive()) {
        throw new DemoFailure("The cluster ended before it answered a call");
      }
      if (sinceStart().compareTo(TIME_TO_START) > 0) {
        throw new DemoFailure("The cluster answered no call within " + TIME_TO_START);
      }
      Thread.sleep(Duration.ofMillis(100));
    }
    out.printf("First remote call answered %s after the start%n", seconds(sinceStart()));
  }

  private void printMemory() throws DemoFailure, InterruptedException {
    var state = cluster.state();
    process.remember(state);
    out.println("Memory of each JVM (resident)");
    printMemory("core services", process.pid());
    state
        .processes()
        .forEach((pid, services) -> {
          if (pid != process.pid()) {
            printMemory(services, pid);
          }
        });
  }

  private void printMemory(String services, long pid) {
    var kilobytes = ProcessStatus.residentKilobytes(pid);
    var memory =
        kilobytes.isPresent() ? "%4d MB".formatted(kilobytes.getAsLong() / 1024) : "unknown";
    out.printf("  %-20s process %-8d %s%n", services, pid, memory);
  }

  private boolean count() throws DemoFailure, InterruptedException {
    out.printf("Counting the primes below %,d%n", BELOW);
    var line = new ProgressLine(out, terminal);
    var result = new CountRun(cluster, process::remember, Demo::kill, line).run(BELOW);
    var right = result.primes() == KNOWN_ANSWER;
    out.printf(
        "Answer     %,d primes in %s; %s%n",
        result.primes(),
        seconds(result.elapsed()),
        right ? "that is right" : "WRONG, there are %,d".formatted(KNOWN_ANSWER));
    printScaledDown(result.peak());
    return printCalls() && right;
  }

  /// As `kill -9` does.
  private static boolean kill(long pid) {
    return ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly).orElse(false);
  }

  private void printScaledDown(int peak) throws DemoFailure, InterruptedException {
    var start = System.nanoTime();
    var waited = Duration.ZERO;
    var instances = countInstances();
    while (instances != LEAST_INSTANCES && waited.compareTo(TIME_TO_SCALE_DOWN) < 0) {
      Thread.sleep(Duration.ofMillis(250));
      instances = countInstances();
      waited = Duration.ofNanos(System.nanoTime() - start);
    }
    out.printf(
        instances == LEAST_INSTANCES
            ? "Instances  %d of '%s' at the peak, %d after scaling down, %s later%n"
            : "Instances  %d of '%s' at the peak, %d still there %s later%n",
        peak,
        CountRun.SERVICE,
        instances,
        seconds(waited));
  }

  private int countInstances() throws DemoFailure, InterruptedException {
    var state = cluster.state();
    process.remember(state);
    return state.instancesOf(CountRun.SERVICE).size();
  }

  private boolean printCalls() throws DemoFailure, InterruptedException {
    var calls = cluster.state().calls();
    out.printf(
        "Calls      %,d made, %,d retried, %,d failed%n",
        calls.made(), calls.retried(), calls.failed());
    return calls.failed() == 0;
  }

  private void stay() throws InterruptedException {
    out.printf(
        "%nThe cluster stays. Open%n  %s/            to count%n  %s/-/cluster   to see it as JSON%n",
        address, address);
    out.println("Ctrl-C ends it.");
    process.awaitEnd();
  }

  private boolean stop() throws InterruptedException {
    var start = System.nanoTime();
    var stopped = process.stop();
    var time = seconds(Duration.ofNanos(System.nanoTime() - start));
    if (!stopped.inOrder()) {
      out.printf("The cluster did not stop when asked to, and was killed after %s%n", time);
    } else if (stopped.outlived() > 0) {
      out.printf("%d processes outlived the cluster, and were killed%n", stopped.outlived());
    } else {
      out.printf("Stopped in %s, %s in all%n", time, seconds(sinceStart()));
    }
    return stopped.inOrder() && stopped.outlived() == 0;
  }

  private Duration sinceStart() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  private static String seconds(Duration time) {
    return "%.1f s".formatted(time.toMillis() / 1000.0);
  }
}
