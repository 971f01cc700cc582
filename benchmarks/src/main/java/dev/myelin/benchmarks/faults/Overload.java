package dev.myelin.benchmarks.faults;

import dev.myelin.Microservice;
import dev.myelin.Strategy;
import dev.myelin.benchmarks.myelin.Instances;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Goal F7: more calls than an instance can serve.
public final class Overload implements Trial {
  private static final int CONCURRENCY = 8;
  private static final Duration WORK = Duration.ofMillis(10);
  private static final double CAPACITY = CONCURRENCY * 1e3 / WORK.toMillis();
  private static final Duration WARM_UP = Duration.ofSeconds(40);
  private static final Duration TIME = Duration.ofSeconds(15);
  private static final int MOST = 5;
  private static final double REFUSAL_MILLIS = 5;

  /// Makes the trial.
  public Overload() {}

  /// What is called.
  @Microservice(name = "counter", concurrency = CONCURRENCY, timeout = "500ms")
  public interface Counter {

    /// Takes its time.
    int serve() throws InterruptedException;
  }

  @Override
  public String name() {
    return "F7";
  }

  @Override
  public String title() {
    return "an instance with room for %.0f calls a second (%d at a time, %d ms each), deadline 500 ms, one attempt a call, %d s each"
        .formatted(CAPACITY, CONCURRENCY, WORK.toMillis(), TIME.toSeconds());
  }

  @Override
  public List<String> run(long seed) throws Exception {
    var report = new Verdicts();
    Counter bean =
        () -> {
          Pause.of(WORK);
          return 1;
        };
    try (var instances = Instances.open(Counter.class, List.of(bean))) {
      var counter = instances.caller(Strategy.ROUND_ROBIN, 1);
      // refusals too: what is to be measured is not the first of them, whose code is interpreted
      new OpenLoop(CAPACITY * MOST, seed).run(WARM_UP, counter::serve);
      for (var load : List.of(Map.entry(2, 0.9), Map.entry(MOST, 0.8))) {
        var found = new OpenLoop(CAPACITY * load.getKey(), seed).run(TIME, counter::serve);
        judge(report, load.getKey(), load.getValue(), found);
      }
    }
    return report.lines();
  }

  private static void judge(Verdicts report, int times, double goal, OpenLoop.Report found) {
    var goodput = found.answered().getTotalCount() * 1e3 / TIME.toMillis() / CAPACITY;
    report.goal(
        goodput >= goal,
        "at %d x its capacity, answered >= %.2f of it: %.2f (p99 %.0f ms; %,d calls, not answered %s)",
        times,
        goal,
        goodput,
        found.millis(99),
        found.made(),
        found.failures());
    var refused = found.failed().getValueAtPercentile(99) / 1e6;
    report.goal(
        refused <= REFUSAL_MILLIS,
        "at %d x its capacity, refused within 5 ms, p99: %.1f ms (p50 %.1f ms)",
        times,
        refused,
        found.failed().getValueAtPercentile(50) / 1e6);
  }
}
