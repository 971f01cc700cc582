package dev.myelin.benchmarks;

import dev.myelin.benchmarks.start.MeasuredStart;
import dev.myelin.benchmarks.start.StartedInstance;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// Starts instances of an application in turn with and without its AOT cache, and prints how long
/// each took until it had registered, and its memory then.
final class StartCommand {
  static final String USAGE =
      """
      start [options]: an instance from its command to its registration, with and without AOT cache
        --app=JAR             the application (sample-apps/primes/target/primes.jar)
        --service=NAME        the service that it hosts (prime-counter)
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
    var options = Options.parse(arguments, Set.of("app", "service", "runs"));
    var app = Path.of(options.text("app", "sample-apps/primes/target/primes.jar")).toAbsolutePath();
    int runs = options.number("runs", 5);
    if (!Files.isRegularFile(app)) {
      throw new IllegalArgumentException(
          "There is no application '%s': build it with `mvn -pl sample-apps/primes -am package`, or name another with --app."
              .formatted(app));
    }
    out.print(Machine.describe());
    try (var start = MeasuredStart.of(app, options.text("service", "prime-counter"))) {
      start.train();
      out.printf(
          "Trained in %.1f s, %d MB; %d starts of either kind in turn%n%n",
          start.trained().toMillis() / 1e3, start.cacheBytes() >> 20, runs);
      var without = new StartedInstance[runs];
      var with = new StartedInstance[runs];
      for (int i = 0; i < runs; i++) {
        without[i] = start.measure(false);
        with[i] = start.measure(true);
      }
      print("without", List.of(without));
      print("with", List.of(with));
      verdict(List.of(without), List.of(with));
    }
    return true;
  }

  private void print(String kind, List<StartedInstance> found) {
    out.printf(
        "%-8s registered after %.2f s (median), %.2f s (worst); RSS %d MB, PSS %d MB (most)%n",
        kind,
        median(found),
        seconds(worst(found)),
        found.stream().mapToLong(StartedInstance::rss).max().orElse(0) >> 20,
        found.stream().mapToLong(StartedInstance::pss).max().orElse(0) >> 20);
  }

  private void verdict(List<StartedInstance> without, List<StartedInstance> with) {
    double medians = median(with) / median(without);
    double worsts = seconds(worst(with)) / seconds(worst(without));
    long rss = with.stream().mapToLong(StartedInstance::rss).max().orElse(0) >> 20;
    out.printf(
        "%nP6  %s %.2f of the time without (worst of both), %.2f (medians); pass: at most %.1f%n",
        word(worsts <= PASS), worsts, medians, PASS);
    out.printf(
        "P6  %s %d MB of RSS; pass: at most %d MB%n",
        word(rss <= PASS_MEGABYTES), rss, PASS_MEGABYTES);
  }

  private static String word(boolean met) {
    return met ? "met   " : "MISSED";
  }

  private static double median(List<StartedInstance> found) {
    return seconds(found.stream().sorted(byTime()).toList().get(found.size() / 2));
  }

  private static StartedInstance worst(List<StartedInstance> found) {
    return found.stream().max(byTime()).orElseThrow();
  }

  private static Comparator<StartedInstance> byTime() {
    return Comparator.comparing(StartedInstance::took);
  }

  private static double seconds(StartedInstance instance) {
    return instance.took().toMillis() / 1e3;
  }
}
