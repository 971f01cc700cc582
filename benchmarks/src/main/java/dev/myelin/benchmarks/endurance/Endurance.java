package dev.myelin.benchmarks.endurance;

import dev.myelin.benchmarks.faults.OpenLoop;
import dev.myelin.benchmarks.faults.Pause;
import dev.myelin.benchmarks.faults.Verdicts;
import dev.myelin.wire.ClusterView;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Goals D1 and D3, and E3 with core processes: every kind of process is killed in turn, while
/// calls go on that must not notice.
///
/// Calls come in through the gateway's port, in an open loop. A connection that breaks because the
/// gateway at its end was killed is made anew by the client, as any HTTP client of a server has to;
/// an answer other than the right one is a failed call.
public final class Endurance {

  private static final String[] SERVICES = {"front", "prime-counter", "sleeper"};
  private static final List<Victim> VICTIMS = List.of(Victim.values());
  private static final String CALL = "/prime-counter/count";
  private static final String ARGUMENTS = "[0, 2000]";
  private static final String ANSWER = "303";
  private static final Duration RECONNECT_LIMIT = Duration.ofSeconds(30);
  private static final Duration RECONNECT = Duration.ofMillis(20);
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final double HANDOVER_SECONDS = 7;
  private static final double RECOVERY_SECONDS = 15;
  private static final double ANSWERED = 0.9999;
  private static final int WRONG_SHOWN = 5;
  private static final int COUNTERS = 3;

  private final Plan plan;
  private final Consumer<String> progress;
  private final Map<Victim, Recovery> killed = new EnumMap<>(Victim.class);
  private final Recovery handovers = new Recovery();
  private final Recovery coreRecoveries = new Recovery();
  private final AtomicLong reconnected = new AtomicLong();
  private final AtomicLong wrong = new AtomicLong();

  /// What is to be done.
  ///
  /// @param jar of the local cluster
  /// @param app of the application: the primes sample
  /// @param cores core processes
  /// @param time how long
  /// @param pause from the time when everything is back to the next kill
  /// @param rate calls a second
  /// @param seed of whatever is drawn at random
  public record Plan(
      Path jar, Path app, int cores, Duration time, Duration pause, double rate, long seed) {}

  /// Creates one.
  ///
  /// @param plan what is to be done
  /// @param progress takes a line for each kill
  public Endurance(Plan plan, Consumer<String> progress) {
    this.plan = plan;
    this.progress = progress;
  }

  /// Does it, and says what came of it.
  ///
  /// @param folder an empty one, for the cluster's state
  /// @param port a free one
  public List<String> run(Path folder, int port) throws IOException, InterruptedException {
    var setup =
        new RunningCluster.Setup(
            plan.jar(),
            plan.app(),
            folder,
            port,
            List.of(
                "--myelin.core.instances=" + plan.cores(),
                // with one alone its death is an overload of whichever comes after it
                "--myelin.services.prime-counter.min-instances=" + COUNTERS));
    try (var cluster = RunningCluster.start(setup)) {
      awaitWhole(cluster, -1, START_LIMIT);
      var before = cluster.everSeen().size();
      var load = killUnderLoad(cluster);
      var view = cluster.view().orElseThrow();
      var left = cluster.stop();
      return report(load, view, cluster.everSeen().size() - before, left);
    }
  }

  private OpenLoop.Report killUnderLoad(RunningCluster cluster)
      throws IOException, InterruptedException {
    var over = new AtomicBoolean();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<OpenLoop.Report> loop =
          () -> new OpenLoop(plan.rate(), plan.seed()).runUntil(over::get, () -> call(cluster));
      var load = threads.submit(loop);
      try {
        kill(cluster);
      } finally {
        over.set(true);
      }
      return load.get();
    } catch (ExecutionException e) {
      throw new IOException("the load ended early", e.getCause());
    }
  }

  private HttpResponse<String> call(RunningCluster cluster)
      throws IOException, InterruptedException {
    long until = System.nanoTime() + RECONNECT_LIMIT.toNanos();
    while (true) {
      try {
        var response = cluster.post(CALL, ARGUMENTS);
        if (response.statusCode() != 200 || !response.body().equals(ANSWER)) {
          throw wrong(response);
        }
        return response;
      } catch (IOException e) {
        if (System.nanoTime() - until > 0) {
          throw e;
        }
        reconnected.incrementAndGet();
        Pause.of(RECONNECT);
      }
    }
  }

  private WrongAnswer wrong(HttpResponse<String> response) {
    var answer = new WrongAnswer(response.statusCode() + " " + response.body());
    if (wrong.incrementAndGet() <= WRONG_SHOWN) {
      progress.accept("wrong answer: " + answer.getMessage());
    }
    return answer;
  }

  /// An answer that is none.
  private static final class WrongAnswer extends RuntimeException {
    WrongAnswer(String answer) {
      super(answer);
    }
  }

  private void kill(RunningCluster cluster) throws IOException, InterruptedException {
    var random = new Random(plan.seed());
    long begin = System.nanoTime();
    for (int turn = 0; System.nanoTime() - begin < plan.time().toNanos(); turn++) {
      var victim = VICTIMS.get(turn % VICTIMS.size());
      var view = cluster.view();
      var pid = view.flatMap(now -> victim.choose(cluster, now, random));
      if (pid.isPresent()) {
        kill(cluster, victim, pid.get());
      }
      Pause.of(plan.pause());
    }
  }

  private void kill(RunningCluster cluster, Victim victim, long pid)
      throws IOException, InterruptedException {
    long epoch = cluster.lease().orElseThrow().epoch();
    long at = System.nanoTime();
    RunningCluster.kill(pid);
    if (victim == Victim.ACTING_CORE) {
      while (cluster.lease().orElseThrow().epoch() == epoch) {
        Pause.of(Duration.ofMillis(5));
      }
      handovers.add(Duration.ofNanos(System.nanoTime() - at));
    }
    awaitWhole(cluster, pid, START_LIMIT);
    var time = Duration.ofNanos(System.nanoTime() - at);
    killed.computeIfAbsent(victim, _ -> new Recovery()).add(time);
    if (victim == Victim.ACTING_CORE || victim == Victim.OTHER_CORE) {
      coreRecoveries.add(time);
    }
    progress.accept(
        "%s, pid %d: whole again after %.1f s".formatted(victim, pid, time.toMillis() / 1e3));
  }

  private void awaitWhole(RunningCluster cluster, long gone, Duration limit)
      throws IOException, InterruptedException {
    long until = System.nanoTime() + limit.toNanos();
    while (cluster.view().filter(view -> whole(view, gone)).isEmpty()) {
      if (System.nanoTime() - until > 0) {
        throw new IOException("the cluster is not whole after " + limit);
      }
      Pause.of(LOOK);
    }
  }

  private boolean whole(ClusterView view, long gone) {
    var cores = RunningCluster.serving(view, "myelin-orchestrator");
    if (cores.size() != plan.cores() || cores.contains(gone)) {
      return false;
    }
    for (var service : SERVICES) {
      var serving = RunningCluster.serving(view, service);
      int least = service.equals("prime-counter") ? COUNTERS : 1;
      if (serving.size() < least || serving.contains(gone)) {
        return false;
      }
    }
    return true;
  }

  private List<String> report(
      OpenLoop.Report load, ClusterView view, int spawned, List<Long> left) {
    var report = new Verdicts();
    long failed = load.failures().values().stream().mapToLong(Long::longValue).sum();
    report.goal(
        handovers.count() > 0 && handovers.mostSeconds() <= HANDOVER_SECONDS,
        "D1  acting core process killed, another acts <= 7 s, most of %d: %.2f s (median %.2f)",
        handovers.count(),
        handovers.mostSeconds(),
        handovers.medianSeconds());
    report.goal(
        coreRecoveries.count() > 0 && coreRecoveries.mostSeconds() <= RECOVERY_SECONDS,
        "D3  a core process killed, full count back <= 15 s, most of %d: %.1f s (median %.1f)",
        coreRecoveries.count(),
        coreRecoveries.mostSeconds(),
        coreRecoveries.medianSeconds());
    report.goal(
        failed <= (1 - ANSWERED) * load.made(),
        "D3  calls answered >= 99.99 %%: failed %,d of %,d %s",
        failed,
        load.made(),
        load.failures());
    report.line(
        "calls p50 %.1f ms   p99 %.1f ms   p99.9 %.1f ms   most %.1f ms; connections made anew %,d",
        load.millis(50), load.millis(99), load.millis(99.9), load.millis(100), reconnected.get());
    report.line("killed: %s", kills());
    report.line(
        "processes spawned meanwhile %d; calls that left the cluster's processes, as they count: %s",
        spawned, view.calls());
    report.goal(left.isEmpty(), "nothing left after the stop: %s", left);
    return report.lines();
  }

  private String kills() {
    return killed.entrySet().stream()
        .map(entry ->
            "%s %d times (whole again after %.1f s, most %.1f)"
                .formatted(
                    entry.getKey(),
                    entry.getValue().count(),
                    entry.getValue().medianSeconds(),
                    entry.getValue().mostSeconds()))
        .collect(Collectors.joining(", "));
  }
}
