package dev.myelin.benchmarks;

import dev.myelin.benchmarks.cluster.BuiltJars;
import dev.myelin.benchmarks.start.MeasuredStart;
import dev.myelin.benchmarks.start.StartedProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// Starts instances of an application, or core processes, in turn with and without their AOT cache,
/// and prints how long each took until it had registered, and its memory then.
final class StartCommand {
  static final String USAGE =
      """
      start [options]: a process from its command to its registration, with and without AOT cache
        --app=JAR             the application (sample-apps/primes/target/primes.jar)
        --service=NAME        the service that its instances host (prime-counter)
        --core                core processes instead of instances
        --runs=N              starts of either kind (5)
      """;

  private static final double PASS = 0.5;
  private static final long PASS_MEGABYTES = 200;

  private final PrintStream out;

  StartCommand(PrintStream out) {
    this.out = out;
  }

  /// Measures and prints.
  ///
  /// @return true; what is missed is said, and is no failure to measure
  boolean run(List<String> arguments) throws IOException, InterruptedException {
    var options = Options.parse(arguments, Set.of("app", "service", "runs", "core"));
    var app = Path.of(options.text("app", "sample-apps/primes/target/primes.jar")).toAbsolutePath();
    int runs = options.number("runs", 5);
    if (!Files.isRegularFile(app)) {
      throw new IllegalArgumentException(
          "There is no application '%s': build it with `mvn -pl sample-apps/primes -am package`, or name another with --app."
              .formatted(app));
    }
    out.print(Machine.describe());
    boolean core = options.has("core");
    try (var start =
        core
            ? MeasuredStart.ofCores(BuiltJars.localCluster(), app)
            : MeasuredStart.ofInstances(app, options.text("service", "prime-counter"))) {
      start.train();
      out.printf(
          "Trained in %.1f s, %d MB; %d starts of either kind in turn%n%n",
          start.trained().toMillis() / 1e3, start.cacheBytes() >> 20, runs);
      var without = new StartedProcess[runs];
      var with = new StartedProcess[runs];
      for (int i = 0; i < runs; i++) {
        without[i] = start.measure(false);
        with[i] = start.measure(true);
      }
      print("without", List.of(without));
      print("with", List.of(with));
      verdict(core, List.of(without), List.of(with));
    }
    return true;
  }

  private void print(String kind, List<StartedProcess> found) {
    out.printf(
        "%-8s registered after %.2f s (median), %.2f s (worst); processor time %.2f s (median); RSS %d MB, PSS %d MB (most)%n",
        kind,
        median(found),
        seconds(worst(found)),
        processor(found),
        found.stream().mapToLong(StartedProcess::rss).max().orElse(0) >> 20,
        found.stream().mapToLong(StartedProcess::pss).max().orElse(0) >> 20);
  }

  private void verdict(boolean core, List<StartedProcess> without, List<StartedProcess> with) {
    double medians = median(with) / median(without);
    double worsts = seconds(worst(with)) / seconds(worst(without));
    out.printf(
        "%n%s  %s %.2f of the time without (worst of both), %.2f (medians); pass: at most %.1f%n",
        core ? "D3" : "P6", word(worsts <= PASS), worsts, medians, PASS);
    if (!core) {
      memory(with);
    }
  }

  private void memory(List<StartedProcess> with) {
    long rss = with.stream().mapToLong(StartedProcess::rss).max().orElse(0) >> 20;
    out.printf(
        "P6  %s %d MB of RSS; pass: at most %d MB%n",
        word(rss <= PASS_MEGABYTES), rss, PASS_MEGABYTES);
  }

  private static String word(boolean met) {
    return met ? "met   " : "MISSED";
  }

  private static double median(List<StartedProcess> found) {
    return seconds(found.stream().sorted(byTime()).toList().get(found.size() / 2));
  }

  private static double processor(List<StartedProcess> found) {
    return found.stream()
            .map(StartedProcess::processor)
            .sorted()
            .toList()
            .get(found.size() / 2)
            .toMillis()
        / 1e3;
  }

  private static StartedProcess worst(List<StartedProcess> found) {
    return found.stream().max(byTime()).orElseThrow();
  }

  private static Comparator<StartedProcess> byTime() {
    return Comparator.comparing(StartedProcess::took);
  }

  private static double seconds(StartedProcess instance) {
    return instance.took().toMillis() / 1e3;
  }
}
