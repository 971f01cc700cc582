package dev.myelin.orchestrator.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/// A clock for dates and a ticker for intervals, so that a test can move both.
///
/// @param clock what people are told
/// @param ticker nanoseconds of an arbitrary origin that never go back; what is waited by
public record Time(Clock clock, LongSupplier ticker) {

  /// The machine's own.
  public static Time system() {
    return new Time(Clock.systemUTC(), System::nanoTime);
  }

  /// The date.
  public Instant now() {
    return clock.instant();
  }

  /// The ticker's reading, to be given to [#since] later.
  public long nanos() {
    return ticker.getAsLong();
  }

  /// Time that has passed since a reading of the ticker.
  ///
  /// @param nanos what [#nanos] returned then
  public Duration since(long nanos) {
    return Duration.ofNanos(ticker.getAsLong() - nanos);
  }

  /// Whether at least that much time has passed since a reading of the ticker.
  ///
  /// @param nanos what [#nanos] returned then
  /// @param limit how much
  public boolean passed(long nanos, Duration limit) {
    return since(nanos).compareTo(limit) >= 0;
  }
}
