package dev.myelin.benchmarks.faults;

import dev.myelin.callpath.RetryLoad;
import dev.myelin.callpath.RetryLoad.Failing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/// Goal F3: how much load retries add to a service of which every call fails.
public final class RetryAmplification implements Trial {
  private static final double CALLS_A_SECOND = 1_000;
  private static final Duration TIME = Duration.ofSeconds(8);
  private static final double ONE_HOP = 1.10;
  private static final double FIVE_HOPS = 1.25;

  /// Makes the trial.
  public RetryAmplification() {}

  @Override
  public String name() {
    return "F3";
  }

  @Override
  public String title() {
    return "every call of a service of 3 instances fails; idempotent, %.0f calls a second for %d s each"
        .formatted(CALLS_A_SECOND, TIME.toSeconds());
  }

  @Override
  public List<String> run(long seed) throws Exception {
    var report = new Verdicts();
    for (var how :
        List.of(Map.entry(Failing.REFUSES, "refused"), Map.entry(Failing.BREAKS, "cut"))) {
      var load = new Counted(seed);
      judge(
          report,
          "1 hop, every call " + how.getValue(),
          ONE_HOP,
          RetryLoad.oneHop(how.getKey(), load),
          load);
    }
    var load = new Counted(seed);
    judge(
        report, "bottom of 5 hops, every call refused", FIVE_HOPS, RetryLoad.fiveHops(load), load);
    return report.lines();
  }

  /// An open loop that remembers what it found.
  private static final class Counted implements RetryLoad.Load {
    private final long seed;
    private Histogram failed = new Histogram(3);

    Counted(long seed) {
      this.seed = seed;
    }

    @Override
    public int make(Runnable call) throws InterruptedException {
      var found =
          new OpenLoop(CALLS_A_SECOND, seed)
              .run(
                  TIME,
                  () -> {
                    call.run();
                    return "";
                  });
      failed = found.failed();
      return Math.toIntExact(found.made());
    }
  }

  private static void judge(
      Verdicts report, String what, double goal, RetryLoad.Report found, Counted load) {
    report.goal(
        found.ratio() <= goal,
        "%s, load <= %.2f x: %.3f (%,d arrived of %,d made; failed after p50 %.1f ms, p99 %.1f ms)",
        what,
        goal,
        found.ratio(),
        found.arrived(),
        found.made(),
        load.failed.getValueAtPercentile(50) / 1e6,
        load.failed.getValueAtPercentile(99) / 1e6);
  }
}
