package dev.myelin.benchmarks.lab;

import dev.myelin.benchmarks.cluster.GatewayCalls;
import dev.myelin.benchmarks.cluster.GatewayCalls.Operation;
import dev.myelin.benchmarks.faults.Pause;
import dev.myelin.benchmarks.faults.Trial;
import dev.myelin.benchmarks.faults.Verdicts;
import dev.myelin.benchmarks.lab.Host.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Goal A7: one of two stethoscopes does not hear instances that answer everybody else.
public final class CheckerCutOff implements Trial {

  private static final String SERVICE = "prime-counter";
  private static final double PER_SECOND = 50;
  private static final Duration BEYOND_THE_LAST_FLAG = Duration.ofSeconds(8);
  private static final Duration FLAG_ALONE = Duration.ofSeconds(20);

  /// Names of the hosts that it needs.
  public static String[] hosts() {
    return new String[] {"checker", "a", "b"};
  }

  /// Where it has what.
  public static Map<String, List<String>> placed() {
    return Map.of("core", List.of("checker"), SERVICE, List.of("a", "b"));
  }

  @Override
  public String name() {
    return "A7";
  }

  @Override
  public String title() {
    return "one of two stethoscopes is cut off from the hosts of both instances, each way, under %.0f calls a second"
        .formatted(PER_SECOND);
  }

  @Override
  public List<String> run(long seed) throws Exception {
    var report = new Verdicts();
    var arguments = new ArrayList<>(BlackholedHost.arguments());
    arguments.add("--myelin.core.instances=2");
    try (var lab = Lab.start(Network.of(hosts()), placed(), arguments)) {
      for (var way : Way.values()) {
        var cut = cut(lab, way, FLAG_ALONE.plus(BEYOND_THE_LAST_FLAG), seed);
        report.goal(
            cut.killed() == 0,
            "packets to it %s for %d s: killed %d of %d; calls failed %s of %,d",
            lost(way),
            FLAG_ALONE.plus(BEYOND_THE_LAST_FLAG).toSeconds(),
            cut.killed(),
            cut.before().size(),
            cut.failures().isEmpty() ? "0" : cut.failures(),
            cut.made());
      }
    }
    return report.lines();
  }

  private static String lost(Way way) {
    return switch (way) {
      case IN -> "pass, those from it are dropped";
      case OUT -> "are dropped, those from it pass";
      case BOTH -> "and from it are dropped";
    };
  }

  /// Cuts the second core process off from the instances, under calls, and heals that.
  ///
  /// @param lab with two core processes
  /// @param way which packets are dropped, seen from the instances
  /// @param time for how long
  /// @param seed of the times between calls
  public static Aftermath cut(Lab lab, Way way, Duration time, long seed) throws Exception {
    lab.cluster().awaitServing("front", 1);
    lab.cluster().awaitServing(SERVICE, 2);
    lab.cluster().awaitServing("myelin-orchestrator", 2);
    var before = Aftermath.pids(lab.cluster(), SERVICE);
    var operation = new Operation("/prime-counter/count", "[0, 100]", "25", false);
    var calls = new GatewayCalls(lab.cluster(), operation);
    try (var load = new TimedCalls(calls, PER_SECOND, seed)) {
      for (var host : List.of("a", "b")) {
        lab.host(host).cutFrom(lab.host("checker").address(), way);
      }
      Pause.of(time);
      int made = load.end().size();
      for (var host : List.of("a", "b")) {
        lab.host(host).heal();
      }
      lab.cluster().awaitServing(SERVICE, 2);
      return new Aftermath(before, Aftermath.pids(lab.cluster(), SERVICE), made, calls.failures());
    }
  }
}
