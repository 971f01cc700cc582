package dev.myelin.benchmarks.membership;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;

/// When one thing reached each of many clients. Thread-safe.
final class Arrivals {

  private final AtomicReference<Wave> wave;

  private record Wave(long begin, AtomicLongArray nanos, CountDownLatch missing) {

    Wave(int clients) {
      this(System.nanoTime(), new AtomicLongArray(clients), new CountDownLatch(clients));
    }
  }

  Arrivals(int clients) {
    wave = new AtomicReference<>(new Wave(clients));
  }

  /// Begins to wait for the next thing.
  void begin() {
    wave.set(new Wave(wave.get().nanos().length()));
  }

  /// It reached a client; what comes after that does not count.
  void at(int client) {
    var current = wave.get();
    long nanos = Math.max(1, System.nanoTime() - current.begin());
    if (current.nanos().compareAndSet(client, 0, nanos)) {
      current.missing().countDown();
    }
  }

  /// Waits until it has reached all.
  ///
  /// @return times in milliseconds, sorted
  /// @throws IllegalStateException if it does not in time
  double[] await(Duration limit) throws InterruptedException {
    var current = wave.get();
    if (!current.missing().await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new IllegalStateException(
          "%d of %d clients were not reached in %s"
              .formatted(current.missing().getCount(), current.nanos().length(), limit));
    }
    var millis = new double[current.nanos().length()];
    Arrays.setAll(millis, i -> current.nanos().get(i) / 1e6);
    Arrays.sort(millis);
    return millis;
  }

  /// The value below which a share of the sorted times lies.
  static double percentile(double[] sorted, double share) {
    return sorted[Math.clamp((long) Math.ceil(share * sorted.length) - 1, 0, sorted.length - 1)];
  }
}
