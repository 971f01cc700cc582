package dev.myelin.benchmarks.cluster;

import dev.myelin.benchmarks.cluster.GatewayCalls.Operation;
import dev.myelin.benchmarks.faults.OpenLoop;
import dev.myelin.benchmarks.faults.OpenLoop.Report;
import dev.myelin.benchmarks.faults.Trial;
import dev.myelin.benchmarks.faults.Verdicts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Goal E3: a cluster of processes of which one is killed every twenty seconds, without a warning,
/// under calls that may be repeated and calls that may not.
public final class Kills implements Trial {

  private static final Duration BETWEEN = Duration.ofSeconds(20);
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final int INSTANCES = 3;

  private final Duration time;
  private final double rate;

  /// Makes the trial.
  ///
  /// @param time how long
  /// @param rate calls a second, of both kinds together
  public Kills(Duration time, double rate) {
    this.time = time;
    this.rate = rate;
  }

  private record Killed(String service, int inFlight) {}

  @Override
  public String name() {
    return "E3";
  }

  @Override
  public String title() {
    return "the primes sample as processes, one of which is killed every 20 s";
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
            "--myelin.services.prime-counter.idempotent=true",
            "--myelin.services.prime-counter.min-instances=" + INSTANCES,
            "--myelin.services.prime-counter.max-instances=" + INSTANCES);
    try (var cluster = RunningCluster.start(arguments)) {
      cluster.awaitServing("sleeper", INSTANCES);
      cluster.awaitServing("prime-counter", INSTANCES);
      var again =
          new GatewayCalls(
              cluster, new Operation("/prime-counter/count", "[0, 1000]", "168", true));
      var once =
          new GatewayCalls(cluster, new Operation("/sleeper/sleep", "[\"PT0.05S\"]", "", false));
      var over = new AtomicBoolean();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        var repeated =
            threads.submit(() -> new OpenLoop(rate / 2, seed).runUntil(over::get, again::call));
        var single =
            threads.submit(() -> new OpenLoop(rate / 2, seed + 1).runUntil(over::get, once::call));
        List<Killed> killed;
        try {
          killed = kill(cluster, new Random(seed));
        } finally {
          over.set(true);
        }
        judge(report, killed, again, repeated.get(), once, single.get());
      }
    }
    return report.lines();
  }

  private List<Killed> kill(RunningCluster cluster, Random random) throws InterruptedException {
    var killed = new ArrayList<Killed>();
    TimeUnit.NANOSECONDS.sleep(WARM_UP.toNanos());
    for (long i = 0; i < time.dividedBy(BETWEEN); i++) {
      var service = i % 2 == 0 ? "sleeper" : "prime-counter";
      cluster.awaitServing(service, INSTANCES);
      var serving = cluster.serving(service);
      var victim = serving.get(random.nextInt(serving.size()));
      RunningCluster.kill(victim.pid());
      killed.add(new Killed(service, victim.inFlight()));
      TimeUnit.NANOSECONDS.sleep(BETWEEN.toNanos());
    }
    return killed;
  }

  private void judge(
      Verdicts report,
      List<Killed> killed,
      GatewayCalls again,
      Report repeated,
      GatewayCalls once,
      Report single) {
    long sleepers = killed.stream().filter(each -> each.service().equals("sleeper")).count();
    report.goal(
        repeated.failures().isEmpty(),
        "%d kills, one every %d s, %d of them of the idempotent service: failed 0 of its %,d calls, found %s",
        killed.size(),
        BETWEEN.toSeconds(),
        killed.size() - sleepers,
        repeated.made(),
        again.failures().isEmpty() ? "0" : again.failures());
    report.goal(
        once.allMayHaveRun(),
        "the other service, %d kills: only calls in flight there failed, each «may have run»: %d of %,d, found %s",
        sleepers,
        once.failed(),
        single.made(),
        once.failures().isEmpty() ? "none" : once.failures());
    report.line(
        "in flight at the killed ones as they had said last: %s",
        killed.stream()
            .filter(each -> each.service().equals("sleeper"))
            .map(Killed::inFlight)
            .toList());
  }
}
