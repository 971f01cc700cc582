package dev.myelin.benchmarks.faults;

import dev.myelin.Microservice;
import dev.myelin.Strategy;
import dev.myelin.benchmarks.myelin.Instances;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Goal F5: one slow instance among many.
public final class SlowInstance implements Trial {
  private static final int INSTANCES = 10;
  private static final double CALLS_A_SECOND = 300;
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final Duration TIME = Duration.ofSeconds(20);
  private static final Duration WORK = Duration.ofMillis(5);
  private static final Duration SLOW_WORK = Duration.ofMillis(100);

  /// Makes the trial.
  public SlowInstance() {}

  /// What is called.
  @Microservice(name = "worker", concurrency = 4)
  public interface Worker {

    /// Takes its time.
    int work() throws InterruptedException;
  }

  private record Waiting(Duration time) implements Worker {

    @Override
    public int work() throws InterruptedException {
      Pause.of(time);
      return 1;
    }
  }

  @Override
  public String name() {
    return "F5";
  }

  @Override
  public String title() {
    return "%d instances of %d ms a call, one of them %d ms; %.0f calls a second for %d s"
        .formatted(
            INSTANCES, WORK.toMillis(), SLOW_WORK.toMillis(), CALLS_A_SECOND, TIME.toSeconds());
  }

  @Override
  public List<String> run(long seed) throws Exception {
    var beans = new ArrayList<Worker>();
    for (var i = 1; i < INSTANCES; i++) {
      beans.add(new Waiting(WORK));
    }
    beans.add(new Waiting(SLOW_WORK));
    var report = new Verdicts();
    try (var instances = Instances.open(Worker.class, beans)) {
      var turns = measure(instances.caller(Strategy.ROUND_ROBIN, 3), seed);
      var least = measure(instances.caller(Strategy.LEAST_LOADED, 3), seed);
      line(report, "round-robin", turns);
      line(report, "least-loaded", least);
      report.goal(
          least.millis(99) <= 0.5 * turns.millis(99) && least.failures().isEmpty(),
          "p99 of least-loaded at most 0.5 x round-robin's: %.2f",
          least.millis(99) / turns.millis(99));
    }
    return report.lines();
  }

  private static OpenLoop.Report measure(Worker worker, long seed) throws InterruptedException {
    new OpenLoop(CALLS_A_SECOND, seed).run(WARM_UP, worker::work);
    return new OpenLoop(CALLS_A_SECOND, seed).run(TIME, worker::work);
  }

  private static void line(Verdicts report, String strategy, OpenLoop.Report load) {
    report.line(
        "%-13s p50 %6.1f ms   p99 %6.1f ms   p99.9 %6.1f ms   %,d calls, failed %s",
        strategy,
        load.millis(50),
        load.millis(99),
        load.millis(99.9),
        load.made(),
        load.failures().isEmpty() ? "0" : load.failures());
  }
}
