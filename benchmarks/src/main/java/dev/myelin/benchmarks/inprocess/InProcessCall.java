package dev.myelin.benchmarks.inprocess;

import dev.myelin.benchmarks.basket.Quote;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Measures a call of the hosted bean beside a call of the plain one, with JMH and in JVMs of their
/// own.
public class InProcessCall {
  private static final int ITERATIONS = 5;

  /// Makes the benchmark; JMH does.
  public InProcessCall() {}

  /// One call.
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.NANOSECONDS)
  public Quote price(CallState state) {
    return state.price();
  }

  /// Measures both.
  ///
  /// @param forks how many JVMs each gets
  /// @param iteration how long each of five iterations takes, and each of five before they count
  /// @param flags of the JVMs
  /// @throws IllegalStateException if JMH could not
  public static Comparison compare(int forks, Duration iteration, List<String> flags) {
    var options =
        new OptionsBuilder()
            .include(InProcessCall.class.getName() + ".price")
            .forks(forks)
            .warmupIterations(ITERATIONS)
            .warmupTime(TimeValue.milliseconds(iteration.toMillis()))
            .measurementIterations(ITERATIONS)
            .measurementTime(TimeValue.milliseconds(iteration.toMillis()))
            .jvmArgs(flags.toArray(String[]::new))
            .verbosity(VerboseMode.SILENT)
            .build();
    try {
      var results = new Runner(options).run();
      return new Comparison(
          time(results, CallState.PLAIN), time(results, CallState.HOSTED), sameClass());
    } catch (RunnerException failure) {
      throw new IllegalStateException("The call in one process could not be measured.", failure);
    }
  }

  static boolean sameClass() {
    var plain = new CallState();
    var hosted = new CallState();
    hosted.origin = CallState.HOSTED;
    hosted.open();
    try {
      return hosted.type() == plain.type();
    } finally {
      hosted.close();
    }
  }

  private static Comparison.Time time(Iterable<RunResult> results, String origin) {
    for (var result : results) {
      if (result.getParams().getParam("origin").equals(origin)) {
        var primary = result.getPrimaryResult();
        return new Comparison.Time(primary.getScore(), primary.getScoreError());
      }
    }
    throw new IllegalStateException("JMH measured no call of the " + origin + " bean.");
  }
}
