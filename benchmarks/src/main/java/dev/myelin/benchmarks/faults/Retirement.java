package dev.myelin.benchmarks.faults;

import dev.myelin.benchmarks.instance.Sleeper;
import dev.myelin.benchmarks.myelin.SmallCluster;
import dev.myelin.wire.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/// Goal E2: instances in processes of their own that are told to leave, with nothing to do, with a
/// long call in flight, and under a load that must not notice.
public final class Retirement implements Trial {
  private static final int RUNS = 5;
  private static final Duration LONG_CALL = Duration.ofSeconds(3);
  private static final double ALLOWED_SECONDS = 1;
  private static final int SERVING = 3;
  private static final int REPLACEMENTS = 9;
  private static final double CALLS_A_SECOND = 200;
  private static final int USUAL_MILLIS = 10;
  private static final int RARE_MILLIS = 1_000;
  private static final int ONE_RARE_IN = 50;
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(30);
  private static final Duration END_LIMIT = Duration.ofSeconds(60);

  private final SpawnedInstance.Starter starter;
  private int started;

  /// Makes the trial.
  ///
  /// @param starter starts an instance
  public Retirement(SpawnedInstance.Starter starter) {
    this.starter = starter;
  }

  private record Serving(Instance instance, SpawnedInstance process) {}

  @Override
  public String name() {
    return "E2";
  }

  @Override
  public String title() {
    return "Spring Boot instances in JVMs of their own, told to drain; their operation must not be repeated";
  }

  @Override
  public List<String> run(long seed) throws Exception {
    var report = new Verdicts();
    var folder = Files.createTempDirectory("benchmark-cluster-");
    try (var cluster = SmallCluster.open(folder)) {
      var sleeper = cluster.caller(Sleeper.class);
      var idle = 0.0;
      var busy = 0.0;
      for (var i = 0; i < RUNS; i++) {
        idle = Math.max(idle, secondsOfAnIdleOne(cluster, folder, sleeper));
        busy = Math.max(busy, secondsAfterTheLongCall(cluster, folder, sleeper));
      }
      report.goal(
          idle <= ALLOWED_SECONDS,
          "idle, from retire to exit <= 1 s, worst of %d: %.2f s",
          RUNS,
          idle);
      report.goal(
          busy <= ALLOWED_SECONDS,
          "busy, from the end of a call of %d s to exit <= 1 s, worst of %d: %.2f s",
          LONG_CALL.toSeconds(),
          RUNS,
          busy);
      replace(report, cluster, folder, sleeper, seed);
    } finally {
      delete(folder);
    }
    return report.lines();
  }

  private Serving start(SmallCluster cluster, Path folder) throws Exception {
    var id = "sleeper-" + ++started;
    var process = starter.start(id, folder);
    try {
      return new Serving(cluster.await(id, START_LIMIT), process);
    } catch (IllegalStateException | InterruptedException e) {
      process.close();
      throw e;
    }
  }

  private double secondsOfAnIdleOne(SmallCluster cluster, Path folder, Sleeper sleeper)
      throws Exception {
    var serving = start(cluster, folder);
    try (var process = serving.process()) {
      // so that it has a caller that it must tell
      var _ = sleeper.sleep(1);
      var begin = System.nanoTime();
      cluster.retire(serving.instance(), DRAIN_LIMIT);
      return ended(process, begin);
    }
  }

  private double secondsAfterTheLongCall(SmallCluster cluster, Path folder, Sleeper sleeper)
      throws Exception {
    var serving = start(cluster, folder);
    try (var process = serving.process()) {
      var _ = sleeper.sleep(1);
      var begin = System.nanoTime();
      var call = longCall(sleeper);
      // told while the call is on its way or running, but not before it was sent
      await(call, Duration.ofMillis(200));
      cluster.retire(serving.instance(), DRAIN_LIMIT);
      var seconds = ended(process, begin) - LONG_CALL.toMillis() / 1e3;
      if (call.get() != LONG_CALL.toMillis()) {
        throw new IllegalStateException("the long call was answered wrongly");
      }
      return seconds;
    }
  }

  private static CompletableFuture<Long> longCall(Sleeper sleeper) {
    var call = new CompletableFuture<Long>();
    Thread.startVirtualThread(() -> {
      try {
        call.complete(sleeper.sleep(LONG_CALL.toMillis()));
      } catch (Exception failure) {
        call.completeExceptionally(failure);
      }
    });
    return call;
  }

  private static void await(CompletableFuture<Long> call, Duration time)
      throws InterruptedException, ExecutionException {
    try {
      throw new IllegalStateException(
          "the long call ended too soon, with " + call.get(time.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException _) {
      // it is in flight
    }
  }

  private static double ended(SpawnedInstance process, long begin) throws InterruptedException {
    if (!process.awaitEnd(END_LIMIT)) {
      throw new IllegalStateException("an instance that was told to drain is still there");
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  private void replace(
      Verdicts report, SmallCluster cluster, Path folder, Sleeper sleeper, long seed)
      throws Exception {
    Queue<Serving> serving = new ArrayDeque<>();
    var over = new AtomicBoolean();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < SERVING; i++) {
        serving.add(start(cluster, folder));
      }
      var random = new Random(seed);
      var load =
          threads.submit(() ->
              new OpenLoop(CALLS_A_SECOND, seed)
                  .runUntil(over::get, () -> sleeper.sleep(millis(random))));
      for (var i = 0; i < REPLACEMENTS; i++) {
        var next = start(cluster, folder);
        var leaving = serving.remove();
        serving.add(next);
        cluster.retire(leaving.instance(), DRAIN_LIMIT);
        var _ = ended(leaving.process(), System.nanoTime());
        leaving.process().close();
      }
      over.set(true);
      judge(report, load.get());
    } finally {
      over.set(true);
      serving.forEach(one -> one.process().close());
    }
  }

  private static int millis(Random random) {
    synchronized (random) {
      return random.nextInt(ONE_RARE_IN) == 0 ? RARE_MILLIS : USUAL_MILLIS;
    }
  }

  private static void judge(Verdicts report, OpenLoop.Report load) {
    report.goal(
        load.failures().isEmpty(),
        "%d instances replaced one by one, %d drains, %.0f calls a second of %d ms, one in %d of %d ms: failed 0 of %,d, found %s",
        SERVING,
        REPLACEMENTS,
        CALLS_A_SECOND,
        USUAL_MILLIS,
        ONE_RARE_IN,
        RARE_MILLIS,
        load.made(),
        load.failures().isEmpty() ? "0" : load.failures());
    report.line(
        "p50 %.1f ms   p90 %.1f ms   p99.9 %.1f ms   most %.1f ms",
        load.millis(50), load.millis(90), load.millis(99.9), load.millis(100));
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
