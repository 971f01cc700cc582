package dev.myelin.samples.primes.demo;

import dev.myelin.samples.primes.demo.ClusterState.Instance;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/// One count through the gateway, with one instance killed in the middle of it.
final class CountRun {

  /// What came of it.
  ///
  /// @param primes the answer
  /// @param elapsed how long it took
  /// @param peak most instances that served at a time
  record Result(long primes, Duration elapsed, int peak) {}

  static final String SERVICE = "prime-counter";

  /// From here on an instance is killed as soon as another one serves, from [#LATEST] on in any
  /// case.
  private static final double MIDDLE = 0.4;

  private static final double LATEST = 0.7;
  private static final Duration LONGEST = Duration.ofMinutes(3);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final ClusterClient cluster;
  private final Consumer<ClusterState> watcher;
  private final LongPredicate killer;
  private final ProgressLine line;
  private boolean killed;
  private int peak;

  /// Creates one.
  ///
  /// @param cluster where to count
  /// @param watcher is told of each state seen
  /// @param killer kills a process by its id, and says whether there was one
  /// @param line shows the progress
  CountRun(
      ClusterClient cluster,
      Consumer<ClusterState> watcher,
      LongPredicate killer,
      ProgressLine line) {
    this.cluster = cluster;
    this.watcher = watcher;
    this.killer = killer;
    this.line = line;
  }

  /// Counts, and returns when the answer is there.
  ///
  /// @param below the number below which primes are counted
  /// @throws DemoFailure if there is no answer, or nothing could be killed
  Result run(long below) throws DemoFailure, InterruptedException {
    var start = System.nanoTime();
    var job = cluster.begin(below);
    while (true) {
      var elapsed = Duration.ofNanos(System.nanoTime() - start);
      var progress = cluster.progress(job);
      var serving = observe();
      line.show(progress, serving.size(), elapsed);
      if (progress.done()) {
        return result(progress, elapsed);
      }
      if (elapsed.compareTo(LONGEST) > 0) {
        throw new DemoFailure("The count is not done after %s".formatted(LONGEST));
      }
      killWhenDue(progress, serving);
      Thread.sleep(PAUSE);
    }
  }

  private List<Instance> observe() throws DemoFailure, InterruptedException {
    var state = cluster.state();
    watcher.accept(state);
    var serving = state.instancesOf(SERVICE).stream().filter(Instance::serving).toList();
    peak = Math.max(peak, serving.size());
    return serving;
  }

  private void killWhenDue(ClusterClient.Progress progress, List<Instance> serving) {
    var due = serving.size() > 1 ? MIDDLE : LATEST;
    if (killed || progress.fraction() < due) {
      return;
    }
    var busiest = serving.stream().max(Comparator.comparingLong(Instance::inFlight));
    if (busiest.isPresent() && killer.test(busiest.get().pid())) {
      killed = true;
      line.say(
          "  killed (-9) %s, process %d, with %d calls in flight"
              .formatted(busiest.get().id(), busiest.get().pid(), busiest.get().inFlight()));
    }
  }

  private Result result(ClusterClient.Progress progress, Duration elapsed) throws DemoFailure {
    line.end();
    if (!killed) {
      throw new DemoFailure("No instance of '%s' was there to be killed".formatted(SERVICE));
    }
    return new Result(progress.primes(), elapsed, peak);
  }
}
