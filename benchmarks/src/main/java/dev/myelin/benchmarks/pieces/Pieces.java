package dev.myelin.benchmarks.pieces;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Measures the pieces, each in JVMs of its own.
public final class Pieces {
  private static final int ITERATIONS = 5;
  private static final List<Class<?>> ALL =
      List.of(PickPiece.class, CodecPiece.class, StandInPiece.class);

  private Pieces() {}

  /// A piece and what it takes.
  ///
  /// @param name the piece
  /// @param nanos the mean in nanoseconds
  /// @param error half the width of its interval of confidence of 99.9 %
  public record Time(String name, double nanos, double error) {

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%-28s %8.1f ns (+- %.1f)", name, nanos, error);
    }
  }

  /// Measures them all.
  ///
  /// @param forks how many JVMs each gets
  /// @param iteration how long each of five iterations takes, and each of five before they count
  /// @param flags of the JVMs
  /// @throws IllegalStateException if JMH could not
  public static List<Time> measure(int forks, Duration iteration, List<String> flags) {
    var options =
        new OptionsBuilder()
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .forks(forks)
            .warmupIterations(ITERATIONS)
            .warmupTime(TimeValue.milliseconds(iteration.toMillis()))
            .measurementIterations(ITERATIONS)
            .measurementTime(TimeValue.milliseconds(iteration.toMillis()))
            .jvmArgs(flags.toArray(String[]::new))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT);
    for (var piece : ALL) {
      options.include(piece.getName() + "\\..*");
    }
    try {
      var times = new ArrayList<Time>();
      for (var result : new Runner(options.build()).run()) {
        times.add(time(result));
      }
      return times;
    } catch (RunnerException failure) {
      throw new IllegalStateException("The pieces could not be measured.", failure);
    }
  }

  private static Time time(RunResult result) {
    var parameters = result.getParams();
    var name = new StringBuilder(result.getPrimaryResult().getLabel());
    for (var key : parameters.getParamsKeys()) {
      name.append(' ').append(parameters.getParam(key));
    }
    var primary = result.getPrimaryResult();
    return new Time(
        name.toString().toLowerCase(Locale.ROOT), primary.getScore(), primary.getScoreError());
  }
}
