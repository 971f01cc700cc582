package dev.myelin.benchmarks.lab;

import dev.myelin.benchmarks.cluster.GatewayCalls;
import dev.myelin.benchmarks.cluster.GatewayCalls.Operation;
import dev.myelin.benchmarks.faults.Pause;
import dev.myelin.benchmarks.faults.Trial;
import dev.myelin.benchmarks.faults.Verdicts;
import dev.myelin.benchmarks.lab.TimedCalls.Timed;
import dev.myelin.wire.InstanceState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Goal A3: the host of an instance swallows every packet, so that nobody is told that its
/// connections are dead.
public final class BlackholedHost implements Trial {

  private static final String SERVICE = "prime-counter";
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final Duration AFTERWARDS = Duration.ofSeconds(2);
  private static final double PER_SECOND = 50;
  private static final double ROTATION_SECONDS = 2.5;
  private static final double LATE_SECONDS = 0.5;

  private final int cuts;

  /// What one cut came to.
  ///
  /// @param rotation from the cut until the instance was shown as out of rotation
  /// @param calls all calls, those before the cut included
  /// @param lateFailures calls that failed though they began after that
  /// @param sameProcess whether the instance serves again afterwards, as the process it was
  public record Cut(
      Duration rotation, Outcomes calls, List<String> lateFailures, boolean sameProcess) {}

  /// What became of calls.
  ///
  /// @param made how many
  /// @param failures what was said of those that failed
  /// @param longest how long the longest took
  public record Outcomes(int made, List<String> failures, Duration longest) {

    static Outcomes of(List<Timed> calls) {
      return new Outcomes(
          calls.size(),
          calls.stream().filter(Timed::failed).map(Timed::failure).toList(),
          calls.stream().map(Timed::took).max(Duration::compareTo).orElse(Duration.ZERO));
    }
  }

  /// Makes the trial.
  ///
  /// @param cuts how often
  public BlackholedHost(int cuts) {
    this.cuts = cuts;
  }

  /// Arguments of a cluster on which it can be made.
  public static List<String> arguments() {
    return List.of(
        "--myelin.services.prime-counter.min-instances=2",
        "--myelin.services.prime-counter.max-instances=2",
        "--myelin.services.prime-counter.timeout=" + TIMEOUT.toSeconds() + "s",
        "--myelin.services.sleeper.min-instances=0");
  }

  @Override
  public String name() {
    return "A3";
  }

  @Override
  public String title() {
    return "the host of one of two instances drops every packet, %d times, under %.0f calls a second"
        .formatted(cuts, PER_SECOND);
  }

  @Override
  public List<String> run(long seed) throws Exception {
    var placed = Map.of(SERVICE, List.of("a", "b"));
    try (var lab = Lab.start(Network.of("a", "b"), placed, arguments())) {
      lab.cluster().awaitServing("front", 1);
      var all = new ArrayList<Cut>();
      for (int i = 0; i < cuts; i++) {
        all.add(cut(lab, i % 2 == 0 ? "b" : "a", seed + i));
      }
      return report(all);
    }
  }

  /// Cuts a host off once, under calls, and heals it.
  ///
  /// @param lab where two instances are to serve
  /// @param host of one of them
  /// @param seed of the times between calls
  public static Cut cut(Lab lab, String host, long seed) throws Exception {
    lab.cluster().awaitServing(SERVICE, 2);
    long pid = lab.at(SERVICE, host).orElseThrow().pid();
    var operation = new Operation("/prime-counter/count", "[0, 100]", "25", false);
    try (var load = new TimedCalls(new GatewayCalls(lab.cluster(), operation), PER_SECOND, seed)) {
      Pause.of(AFTERWARDS);
      long at = System.nanoTime();
      lab.host(host).blackhole();
      lab.cluster().await(() -> !serves(lab, host), "its instance out of rotation");
      long out = System.nanoTime();
      Pause.of(AFTERWARDS);
      var calls = load.end();
      lab.host(host).heal();
      lab.cluster().awaitServing(SERVICE, 2);
      return new Cut(
          Duration.ofNanos(out - at),
          Outcomes.of(calls),
          calls.stream()
              .filter(call -> call.failed() && call.begun() - out > 0)
              .map(Timed::failure)
              .toList(),
          lab.at(SERVICE, host).filter(found -> found.pid() == pid).isPresent());
    }
  }

  private static boolean serves(Lab lab, String host) {
    return lab.at(SERVICE, host)
        .filter(instance -> instance.state() == InstanceState.SERVING)
        .isPresent();
  }

  private static List<String> report(List<Cut> cuts) {
    var report = new Verdicts();
    double rotation =
        cuts.stream().mapToLong(cut -> cut.rotation().toMillis()).max().orElseThrow() / 1e3;
    report.goal(
        rotation <= ROTATION_SECONDS,
        "out of rotation <= 2.5 s, most of %d: %.2f s",
        cuts.size(),
        rotation);
    double longest =
        cuts.stream().mapToLong(cut -> cut.calls().longest().toMillis()).max().orElseThrow() / 1e3;
    var failures = cuts.stream().flatMap(cut -> cut.calls().failures().stream()).toList();
    report.goal(
        longest <= TIMEOUT.toSeconds() + LATE_SECONDS,
        "calls end at their deadline of %d s: the longest took %.2f s; failed %d of %,d %s",
        TIMEOUT.toSeconds(),
        longest,
        failures.size(),
        cuts.stream().mapToInt(cut -> cut.calls().made()).sum(),
        failures.stream().distinct().toList());
    report.goal(
        cuts.stream().allMatch(cut -> cut.lateFailures().isEmpty()),
        "calls that began once it was out of rotation: failed %s",
        cuts.stream().flatMap(cut -> cut.lateFailures().stream()).toList());
    report.goal(
        cuts.stream().allMatch(Cut::sameProcess),
        "the same process serves again after the cut: %d of %d",
        cuts.stream().filter(Cut::sameProcess).count(),
        cuts.size());
    return report.lines();
  }
}
