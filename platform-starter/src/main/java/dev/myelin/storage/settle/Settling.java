package dev.myelin.storage.settle;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// How long a write is tried until it is clear what became of it.
///
/// @param timeout how long in all
/// @param ticker nanoseconds that pass
/// @param pause waits for a time, or less where the thread is interrupted
public record Settling(Duration timeout, LongSupplier ticker, Consumer<Duration> pause) {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

  /// In real time.
  ///
  /// @param timeout how long in all
  public static Settling within(Duration timeout) {
    return new Settling(
        timeout, System::nanoTime, duration -> LockSupport.parkNanos(duration.toNanos()));
  }

  /// The tries of one write.
  final class Tries {

    private final long start = ticker.getAsLong();
    private Duration next = FIRST_PAUSE;

    /// Waits before one more try.
    ///
    /// @return false where time is up or the thread is interrupted
    boolean another() {
      var left = timeout.minusNanos(ticker.getAsLong() - start);
      if (left.compareTo(next) <= 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      pause.accept(next);
      var twice = next.multipliedBy(2);
      next = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
      return !Thread.currentThread().isInterrupted();
    }
  }

  Tries tries() {
    return new Tries();
  }
}
