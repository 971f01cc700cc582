package dev.myelin.benchmarks.lab;

import dev.myelin.benchmarks.cluster.GatewayCalls;
import dev.myelin.benchmarks.cluster.GatewayCalls.Operation;
import dev.myelin.benchmarks.cluster.RunningCluster;
import dev.myelin.benchmarks.faults.Pause;
import dev.myelin.benchmarks.faults.Trial;
import dev.myelin.benchmarks.faults.Verdicts;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Goal A6: one of two stethoscopes does not run for a while, or hardly.
public final class CheckerStarved implements Trial {

  private static final String SERVICE = "prime-counter";
  private static final double PER_SECOND = 50;
  private static final double HARDLY = 0.05;

  /// What keeps a process from running.
  public enum Starving {
    /// It is frozen.
    FROZEN(Duration.ofSeconds(5)),
    /// It gets a twentieth of a core.
    HARDLY_RUNNING(Duration.ofSeconds(30));

    private final Duration goal;

    Starving(Duration goal) {
      this.goal = goal;
    }
  }

  @Override
  public String name() {
    return "A6";
  }

  @Override
  public String title() {
    return "the process of one of two stethoscopes does not run, under %.0f calls a second"
        .formatted(PER_SECOND);
  }

  @Override
  public List<String> run(long seed) throws Exception {
    var report = new Verdicts();
    var arguments = new ArrayList<>(BlackholedHost.arguments());
    arguments.add("--myelin.core.instances=2");
    try (var cluster = RunningCluster.start(arguments)) {
      for (var starving : Starving.values()) {
        var starved = starve(cluster, starving, starving.goal, seed);
        report.goal(
            starved.killed() == 0,
            "%s for %d s: killed %d of %d; calls failed %s of %,d",
            starving.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
            starving.goal.toSeconds(),
            starved.killed(),
            starved.before().size(),
            starved.failures().isEmpty() ? "0" : starved.failures(),
            starved.made());
      }
    }
    return report.lines();
  }

  /// Keeps the core process that does not act from running, under calls, and lets it go on.
  ///
  /// @param cluster with two core processes
  /// @param starving in which way
  /// @param time for how long
  /// @param seed of the times between calls
  public static Aftermath starve(
      RunningCluster cluster, Starving starving, Duration time, long seed) throws Exception {
    cluster.awaitServing("front", 1);
    cluster.awaitServing(SERVICE, 2);
    cluster.awaitServing("myelin-orchestrator", 2);
    var before = Aftermath.pids(cluster, SERVICE);
    var operation = new Operation("/prime-counter/count", "[0, 100]", "25", false);
    var calls = new GatewayCalls(cluster, operation);
    try (var load = new TimedCalls(calls, PER_SECOND, seed);
        var group = ControlGroup.of(other(cluster))) {
      keep(group, starving);
      Pause.of(time);
      group.thaw();
      group.unlimited();
      int made = load.end().size();
      cluster.awaitServing(SERVICE, 2);
      return new Aftermath(before, Aftermath.pids(cluster, SERVICE), made, calls.failures());
    }
  }

  private static void keep(ControlGroup group, Starving starving) throws IOException {
    switch (starving) {
      case FROZEN -> group.freeze();
      case HARDLY_RUNNING -> group.quota(HARDLY);
    }
  }

  // that of the gateway through which is called is the first
  private static long other(RunningCluster cluster) {
    return Aftermath.pids(cluster, "myelin-orchestrator").stream()
        .filter(pid -> pid != cluster.pid())
        .findFirst()
        .orElseThrow();
  }
}
