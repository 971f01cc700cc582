package dev.myelin.benchmarks.cluster;

import dev.myelin.benchmarks.cluster.GatewayCalls.Operation;
import dev.myelin.benchmarks.faults.OpenLoop;
import dev.myelin.benchmarks.faults.OpenLoop.Report;
import dev.myelin.benchmarks.faults.Trial;
import dev.myelin.benchmarks.faults.Verdicts;
import dev.myelin.wire.ApplicationView.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Goal E1: a cluster of processes whose application is replaced, again and again, under calls that
/// must not be repeated, short ones and ones of five seconds.
public final class Rolls implements Trial {

  private static final int INSTANCES = 4;
  private static final int ONE_LONG_IN = 50;
  private static final double ALLOWED_SLOWER = 1.1;
  private static final Duration WARM_UP = Duration.ofSeconds(15);
  private static final Duration QUIET = Duration.ofSeconds(30);

  private final int rolls;
  private final double rate;

  /// Makes the trial.
  ///
  /// @param rolls how often all instances are replaced
  /// @param rate calls a second
  public Rolls(int rolls, double rate) {
    this.rolls = rolls;
    this.rate = rate;
  }

  private record Loads(Report quick, Report slow, Map<String, Long> failures) {}

  @Override
  public String name() {
    return "E1";
  }

  @Override
  public String title() {
    return "the primes sample as processes, rolled again and again; its operation must not be repeated";
  }

  @Override
  public List<String> run(long seed) throws Exception {
    var report = new Verdicts();
    var arguments =
        List.of(
            "--myelin.services.sleeper.external=true",
            "--myelin.services.sleeper.min-instances=" + INSTANCES,
            "--myelin.services.sleeper.max-instances=" + INSTANCES,
            "--myelin.services.sleeper.concurrency=64",
            "--myelin.services.sleeper.timeout=30s",
            "--myelin.services.prime-counter.max-instances=1");
    try (var cluster = RunningCluster.start(arguments)) {
      cluster.awaitServing("sleeper", INSTANCES);
      cluster.awaitServing("front", 1);
      // a gateway that has just started is slower than this rate, and what waits is never made up
      // for
      for (double share : List.of(0.1, 0.3, 1.0)) {
        var _ = load(cluster, share * rate, seed, over(WARM_UP));
      }
      var quiet = load(cluster, rate, seed + 1, over(QUIET));
      var end = new AtomicBoolean();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var rolling = threads.submit(() -> load(cluster, rate, seed + 2, end));
        try {
          for (int i = 0; i < rolls; i++) {
            roll(cluster);
          }
        } finally {
          end.set(true);
        }
        judge(report, cluster, quiet, rolling.get());
      }
    }
    return report.lines();
  }

  private static AtomicBoolean over(Duration time) {
    var over = new AtomicBoolean();
    Thread.ofVirtual()
        .start(() -> {
          try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
          over.set(true);
        });
    return over;
  }

  private static Operation sleep(String arguments) {
    return new Operation("/sleeper/sleep", arguments, "", false);
  }

  private static Loads load(RunningCluster cluster, double rate, long seed, AtomicBoolean over)
      throws Exception {
    var quick = new GatewayCalls(cluster, sleep("[\"PT0.005S\"]"));
    var slow = new GatewayCalls(cluster, sleep("[\"PT5S\"]"));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Report> slowly =
          threads.submit(
              () -> new OpenLoop(rate / ONE_LONG_IN, seed).runUntil(over::get, slow::call));
      var quickly = new OpenLoop(rate, seed).runUntil(over::get, quick::call);
      var slowlyToo = slowly.get();
      var failures = new TreeMap<>(quick.failures());
      slow.failures().forEach((what, count) -> failures.merge(what, count, Long::sum));
      return new Loads(quickly, slowlyToo, failures);
    }
  }

  private static void roll(RunningCluster cluster) throws Exception {
    var rollout = new Rolling(cluster).run();
    if (rollout.phase() != Phase.COMPLETED) {
      throw new IllegalStateException("The rollout was not completed: " + rollout);
    }
  }

  private void judge(Verdicts report, RunningCluster cluster, Loads quiet, Loads rolling)
      throws IOException {
    long made = rolling.quick().made() + rolling.slow().made();
    boolean none = rolling.failures().isEmpty();
    report.goal(
        none,
        "%d rolls of %d instances and a front, %.0f calls a second of 5 ms and one in %d of 5 s: failed 0 of %,d, found %s",
        rolls,
        INSTANCES,
        rate,
        ONE_LONG_IN,
        made,
        none ? "0" : rolling.failures());
    double slower = rolling.quick().millis(99) / quiet.quick().millis(99);
    report.goal(
        slower <= ALLOWED_SLOWER,
        "p99 of the short calls during the rolls <= %.1f times that of the same cluster left alone: %.2f (%.1f and %.1f ms)",
        ALLOWED_SLOWER,
        slower,
        rolling.quick().millis(99),
        quiet.quick().millis(99));
    report.line(
        "p50 %.1f and %.1f ms   p99.9 %.1f and %.1f ms   most %.1f and %.1f ms",
        rolling.quick().millis(50),
        quiet.quick().millis(50),
        rolling.quick().millis(99.9),
        quiet.quick().millis(99.9),
        rolling.quick().millis(100),
        quiet.quick().millis(100));
    CertificateSum.of(cluster.retirements()).judge(report, 0);
  }
}
