package dev.myelin.benchmarks.faults;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.DoublePredicate;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// Calls that come at a rate of their own, whether those before have ended or not.
///
/// The times between them are drawn from an exponential distribution. Times are taken from the
/// instant at which a call was due, not from that at which it was made, so that a stall of this
/// process counts as what its users would see («coordinated omission», Tene, 2013).
public final class OpenLoop {
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final int DIGITS = 3;

  private final double perSecond;
  private final long seed;

  /// @param perSecond calls a second
  /// @param seed of the times between them
  public OpenLoop(double perSecond, long seed) {
    this.perSecond = perSecond;
    this.seed = seed;
  }

  /// What a load came to.
  ///
  /// @param made calls that were made
  /// @param answered times of those that were answered, in nanoseconds
  /// @param failed times of those that were not, in nanoseconds
  /// @param failures how many failed, by reason
  public record Report(
      long made, Histogram answered, Histogram failed, Map<String, Long> failures) {

    public double millis(double percentile) {
      return answered.getValueAtPercentile(percentile) / 1e6;
    }
  }

  /// Makes the calls and waits for all of them.
  ///
  /// @param time how long new ones are made
  /// @param call made on a virtual thread of its own each time
  public Report run(Duration time, Callable<?> call) throws InterruptedException {
    return make(due -> due < time.toNanos(), call);
  }

  /// Makes calls until they are no longer wanted, and waits for all of them.
  ///
  /// @param over whether no new ones are to be made
  /// @param call made on a virtual thread of its own each time
  public Report runUntil(BooleanSupplier over, Callable<?> call) throws InterruptedException {
    return make(_ -> !over.getAsBoolean(), call);
  }

  private Report make(DoublePredicate more, Callable<?> call) throws InterruptedException {
    var answered = new ConcurrentHistogram(LONGEST_NANOS, DIGITS);
    var failed = new ConcurrentHistogram(LONGEST_NANOS, DIGITS);
    var failures = new ConcurrentSkipListMap<String, LongAdder>();
    var random = new Random(seed);
    long made = 0;
    long begin = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      double due = 0;
      while (more.test(due)) {
        long at = begin + (long) due;
        waitUntil(at);
        threads.execute(() -> {
          try {
            call.call();
            record(answered, at);
          } catch (Exception failure) {
            record(failed, at);
            failures.computeIfAbsent(reason(failure), _ -> new LongAdder()).increment();
          }
        });
        made++;
        due += -Math.log1p(-random.nextDouble()) * 1e9 / perSecond;
      }
    }
    var counts = new TreeMap<String, Long>();
    failures.forEach((reason, count) -> counts.put(reason, count.sum()));
    return new Report(made, answered, failed, counts);
  }

  private static void waitUntil(long nanoTime) throws InterruptedException {
    for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  private static void record(Histogram times, long due) {
    times.recordValue(Math.clamp(System.nanoTime() - due, 0, LONGEST_NANOS));
  }

  private static String reason(Exception failure) {
    return failure instanceof dev.myelin.CallException refused
        ? refused.status().name()
        : failure.getClass().getSimpleName();
  }
}
