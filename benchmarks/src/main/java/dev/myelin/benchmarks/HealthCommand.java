package dev.myelin.benchmarks;

import dev.myelin.benchmarks.health.HealthTrial;
import dev.myelin.benchmarks.health.HealthTrial.Lines;
import dev.myelin.benchmarks.health.HealthTrials;
import dev.myelin.benchmarks.health.HeardProcess;
import dev.myelin.benchmarks.health.HeartbeatLoad;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Prints the goals of health, each with pass or miss.
final class HealthCommand {
  static final String USAGE =
      """
      health [options]: how health is judged
        --goals=A1,B1         which goals (all of them)
        --seed=N              of whatever is drawn at random (1)
        --instances=N         of the long run of A4 and A5 (2000)
        --hours=N             of the long run of A4 and A5 (2)
        --heard=N             instances that beat in B1 (50000)
      """;

  /// The heap of a core process.
  private static final List<String> CORE = List.of("-Xmx256m");

  private static final int LINES = 12;
  private static final int WARM_UP = 7;

  private final PrintStream out;

  HealthCommand(PrintStream out) {
    this.out = out;
  }

  /// Runs what is asked for.
  ///
  /// @return whether every goal could be measured
  boolean run(List<String> arguments) throws InterruptedException {
    var options = Options.parse(arguments, Set.of("goals", "seed", "instances", "hours", "heard"));
    var all =
        new ArrayList<>(
            new HealthTrials(options.number("instances", 2_000), options.number("hours", 2)).all());
    int heard = options.number("heard", 50_000);
    all.add(
        new HealthTrial(
            "B1",
            heard + " instances beat to one stethoscope (real)",
            (_, lines) -> b1(heard, lines)));
    var names = options.has("goals") ? options.texts("goals", "") : List.<String>of();
    requireKnown(names, all.stream().map(HealthTrial::name).toList());
    long seed = options.seed("seed", 1);
    quiet();
    out.print(Machine.describe());
    out.println("Simulated with the production classes but for B1; seed " + seed);
    var complete = true;
    for (var trial : all) {
      if (chosen(trial, names)) {
        complete &= measure(trial, seed);
      }
    }
    return complete;
  }

  private static void requireKnown(List<String> names, List<String> known) {
    for (var name : names) {
      if (known.stream().noneMatch(name::equalsIgnoreCase)) {
        throw new IllegalArgumentException(
            "There is no goal '%s' of health. There are: %s.".formatted(name, known));
      }
    }
  }

  // A5 is measured together with A4
  private static boolean chosen(HealthTrial trial, List<String> names) {
    return names.isEmpty()
        ? !trial.name().equals("A5")
        : names.stream().anyMatch(name -> trial.name().equalsIgnoreCase(name));
  }

  private boolean measure(HealthTrial trial, long seed) throws InterruptedException {
    out.printf("%n%s  %s%n", trial.name(), trial.title());
    var lines = new Lines();
    try {
      trial.measurement().run(seed, lines);
      lines.all().forEach(out::println);
      return true;
    } catch (InterruptedException interrupted) {
      throw interrupted;
    } catch (Exception failure) {
      out.println("  not measured: " + failure);
      return false;
    }
  }

  private static void b1(int instances, Lines lines) throws IOException, InterruptedException {
    try (var child = ChildJvm.start(CORE, List.of("heard", "--instances=" + instances))) {
      int port = Integer.parseInt(child.awaitLine(Duration.ofSeconds(60)).replace("port=", ""));
      try (var load = new HeartbeatLoad(instances, port)) {
        for (int line = 0; line < LINES; line++) {
          var said = child.awaitLine(HeardProcess.INTERVAL.multipliedBy(3)).split(",", -1);
          if (line >= WARM_UP) {
            judge(instances, said, lines);
          }
        }
        lines.note(
            "%d beats were not taken in all, %d left out, warm-up included",
            load.failed(), load.leftOut());
      }
    }
  }

  private static void judge(int instances, String[] said, Lines lines) {
    double beats = Double.parseDouble(said[0]);
    double cores = Double.parseDouble(said[1]);
    long megabytes = Long.parseLong(said[2]);
    lines.goal(
        cores <= 1 && megabytes <= 512 && beats >= 0.98 * instances,
        "%,.0f beats a second, %.2f cores, %d MB at most, %s quarantined",
        beats,
        cores,
        megabytes,
        said[3]);
  }

  private static void quiet() {
    Logger.getLogger("").setLevel(Level.WARNING);
    if (org.slf4j.LoggerFactory.getLogger("dev.myelin")
        instanceof ch.qos.logback.classic.Logger logger) {
      logger.setLevel(ch.qos.logback.classic.Level.OFF);
    }
  }
}
