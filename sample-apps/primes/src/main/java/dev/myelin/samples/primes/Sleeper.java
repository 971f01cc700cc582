package dev.myelin.samples.primes;

import dev.myelin.Microservice;
import java.time.Duration;

/// Waits.
///
/// The latency-bound service of this sample: a call costs time and no CPU, so an instance is full
/// by its number of calls long before its core is busy. Stateless and safe for use by several
/// threads.
@Microservice(concurrency = 4, minInstances = 1, maxInstances = 2)
public class Sleeper {

  /// Longest time that one call may sleep; less than the timeout of a call.
  static final Duration LONGEST = Duration.ofSeconds(10);

  /// Sleeps for the given time.
  ///
  /// @param time how long to sleep
  /// @return how long it took in fact, which is a little more
  /// @throws IllegalArgumentException if the time is negative or above ten seconds
  /// @throws InterruptedException if the caller gives up first
  public Duration sleep(Duration time) throws InterruptedException {
    if (time.isNegative() || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "'time' is %s; a call sleeps between 0 and %s".formatted(time, LONGEST));
    }
    var start = System.nanoTime();
    Thread.sleep(time);
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
