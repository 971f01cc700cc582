package dev.myelin.benchmarks.cluster;

import dev.myelin.benchmarks.cluster.GatewayCalls.Operation;
import dev.myelin.benchmarks.faults.OpenLoop;
import dev.myelin.benchmarks.faults.OpenLoop.Report;
import dev.myelin.benchmarks.faults.Pause;
import dev.myelin.benchmarks.faults.Trial;
import dev.myelin.benchmarks.faults.Verdicts;
import dev.myelin.wire.ApplicationView.Phase;
import dev.myelin.wire.ApplicationView.RolloutView;
import dev.myelin.wire.ClusterView;
import dev.myelin.wire.ScalingDecision;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Goals D1 and D3, and E3 with core processes and rolls: every kind of process is killed in turn
/// and the application is rolled meanwhile, under calls that may be repeated and calls that may
/// not.
///
/// Calls come in through the gateway's port, in an open loop.
public final class Endurance implements Trial {

  private static final int COUNTERS = 3;
  private static final int SLEEPERS = 2;
  private static final Operation REPEATABLE =
      new Operation("/prime-counter/count", "[0, 2000]", "303", true);
  private static final Operation ONCE = new Operation("/sleeper/sleep", "[\"PT0.05S\"]", "", false);
  private static final double HANDOVER_SECONDS = 7;
  private static final double RECOVERY_SECONDS = 15;
  private static final double ANSWERED = 0.9999;
  // of the time that each roll has, what passes before it begins
  private static final double BEFORE_A_ROLL = 0.25;

  private final Plan plan;
  private final Consumer<String> progress;

  /// What is to be done.
  ///
  /// @param cores core processes
  /// @param time how long
  /// @param pause from the time when everything is back to the next kill
  /// @param rate calls a second, of both kinds together
  /// @param rolls how often the application is replaced meanwhile
  public record Plan(int cores, Duration time, Duration pause, double rate, int rolls) {}

  private record Rolled(RolloutView rollout, Duration took) {}

  private record Load(GatewayCalls calls, Report report) {
    long failed() {
      return calls.failed();
    }
  }

  private record Observed(
      Load repeatable, Load once, Killing killing, List<Rolled> rolls, ClusterView view) {}

  /// Creates one.
  ///
  /// @param plan what is to be done
  /// @param progress takes a line for each kill and each roll
  public Endurance(Plan plan, Consumer<String> progress) {
    this.plan = plan;
    this.progress = progress;
  }

  @Override
  public String name() {
    return "D3";
  }

  @Override
  public String title() {
    return "%d core processes and the primes sample, %d minutes, %.0f calls a second; every kind of process killed in turn, the application rolled %d times"
        .formatted(plan.cores(), plan.time().toMinutes(), plan.rate(), plan.rolls());
  }

  @Override
  public List<String> run(long seed) throws Exception {
    var arguments =
        List.of(
            "--myelin.core.instances=" + plan.cores(),
            // with one alone its death is an overload of whichever comes after it
            "--myelin.services.prime-counter.min-instances=" + COUNTERS,
            "--myelin.services.prime-counter.idempotent=true",
            "--myelin.services.sleeper.external=true",
            "--myelin.services.sleeper.concurrency=64",
            "--myelin.services.sleeper.min-instances=" + SLEEPERS);
    try (var cluster = RunningCluster.start(arguments)) {
      var rolling = new AtomicBoolean();
      var killing =
          new Killing(
              cluster,
              Map.of(
                  "myelin-orchestrator",
                  plan.cores(),
                  "front",
                  1,
                  "prime-counter",
                  COUNTERS,
                  "sleeper",
                  SLEEPERS),
              rolling::get,
              progress);
      killing.awaitWhole();
      cluster.awaitCaches();
      int before = cluster.everSeen().size();
      var observed = killAndRollUnderLoad(cluster, killing, rolling, seed);
      int spawned = cluster.everSeen().size() - before;
      var report = new Verdicts();
      judge(report, observed);
      judgeCluster(report, cluster, observed, spawned);
      return report.lines();
    }
  }

  private Observed killAndRollUnderLoad(
      RunningCluster cluster, Killing killing, AtomicBoolean rolling, long seed) throws Exception {
    var again = new GatewayCalls(cluster, REPEATABLE);
    var single = new GatewayCalls(cluster, ONCE);
    var over = new AtomicBoolean();
    double half = plan.rate() / 2;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var repeated =
          threads.submit(() -> new OpenLoop(half, seed).runUntil(over::get, again::call));
      var once =
          threads.submit(() -> new OpenLoop(half, seed + 1).runUntil(over::get, single::call));
      var rolls = threads.submit(() -> roll(cluster, rolling));
      try {
        killing.run(plan.time(), plan.pause(), new Random(seed));
        var rolled = rolls.get();
        killing.awaitWhole();
        var view = cluster.view().orElseThrow();
        over.set(true);
        return new Observed(
            new Load(again, repeated.get()), new Load(single, once.get()), killing, rolled, view);
      } finally {
        over.set(true);
        rolls.cancel(true);
      }
    }
  }

  private List<Rolled> roll(RunningCluster cluster, AtomicBoolean rolling) throws Exception {
    var done = new ArrayList<Rolled>();
    long begin = System.nanoTime();
    for (int i = 0; i < plan.rolls(); i++) {
      double due = (i + BEFORE_A_ROLL) / plan.rolls() * plan.time().toNanos();
      Pause.of(Duration.ofNanos(Math.max(0, (long) due - (System.nanoTime() - begin))));
      long at = System.nanoTime();
      rolling.set(true);
      var rollout = new Rolling(cluster).run();
      rolling.set(false);
      var rolled = new Rolled(rollout, Duration.ofNanos(System.nanoTime() - at));
      progress.accept(
          "roll to %s: %s after %.1f s %s"
              .formatted(
                  rollout.to().version(),
                  rollout.phase(),
                  rolled.took().toMillis() / 1e3,
                  rollout.reason()));
      done.add(rolled);
    }
    return done;
  }

  private void judge(Verdicts report, Observed observed) {
    var handovers = observed.killing().handovers();
    var recoveries = observed.killing().coreRecoveries();
    report.goal(
        handovers.count() > 0 && handovers.mostSeconds() <= HANDOVER_SECONDS,
        "D1  acting core process killed, another acts <= 7 s, most of %d: %.2f s (median %.2f)",
        handovers.count(),
        handovers.mostSeconds(),
        handovers.medianSeconds());
    report.goal(
        recoveries.count() > 0 && recoveries.mostSeconds() <= RECOVERY_SECONDS,
        "D3  a core process killed, full count back <= 15 s, most of %d: %.1f s (median %.1f)",
        recoveries.count(),
        recoveries.mostSeconds(),
        recoveries.medianSeconds());
    judgeCalls(report, observed.repeatable(), observed.once());
    long completed =
        observed.rolls().stream()
            .filter(rolled -> rolled.rollout().phase() == Phase.COMPLETED)
            .count();
    report.goal(
        completed == plan.rolls(),
        "E1  rolls completed, %d processes killed during them: %d of %d, in %s s",
        observed.killing().whileRolling(),
        completed,
        plan.rolls(),
        observed.rolls().stream().map(rolled -> rolled.took().toSeconds()).toList());
  }

  private static void judgeCalls(Verdicts report, Load repeatable, Load once) {
    long failed = repeatable.failed() + once.failed();
    long made = repeatable.report().made() + once.report().made();
    report.goal(
        failed <= (1 - ANSWERED) * made,
        "D3  calls answered >= 99.99 %%: failed %,d of %,d",
        failed,
        made);
    report.goal(
        repeatable.failed() == 0,
        "E3  calls that may be repeated: failed %,d of %,d %s",
        repeatable.failed(),
        repeatable.report().made(),
        repeatable.calls().failures());
    report.goal(
        once.calls().allMayHaveRun(),
        "E3  calls that may not: each that failed «may have run», %,d of %,d %s",
        once.failed(),
        once.report().made(),
        once.calls().failures());
    times(report, "may be repeated", repeatable);
    times(report, "may not        ", once);
  }

  private static void times(Verdicts report, String which, Load load) {
    report.line(
        "%s  p50 %.1f ms   p99 %.1f ms   p99.9 %.1f ms   most %.1f ms; connections made anew %,d",
        which,
        load.report().millis(50),
        load.report().millis(99),
        load.report().millis(99.9),
        load.report().millis(100),
        load.calls().reconnected());
  }

  private static void judgeCluster(
      Verdicts report, RunningCluster cluster, Observed observed, int spawned)
      throws IOException, InterruptedException {
    var killing = observed.killing();
    report.line("killed %d, full count back: %s", killing.count(), killing);
    report.line(
        "processes spawned meanwhile %d; calls that left the cluster's processes, as they count: %s",
        spawned, observed.view().calls());
    // one that was killed says nothing
    CertificateSum.of(cluster.retirements()).judge(report, killing.count());
    var decisions = cluster.decisions();
    report.goal(
        decisions.stream().noneMatch(decision -> decision.reason().isBlank()),
        "scaling decisions, each with its reason: %d %s",
        decisions.size(),
        decisions.stream().map(ScalingDecision::service).distinct().toList());
    var left = cluster.stop();
    report.goal(left.isEmpty(), "nothing left after the stop: %s", left);
  }
}
