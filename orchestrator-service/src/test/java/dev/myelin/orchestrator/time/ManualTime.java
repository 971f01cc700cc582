package dev.myelin.orchestrator.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/// Clock and ticker that move only when told to.
public final class ManualTime {

  private static final Instant ORIGIN = Instant.parse("2026-03-01T10:00:00Z");

  // Not zero, and near the overflow: nothing may rely on where a ticker starts
  private static final long FIRST = Long.MAX_VALUE - 5_000_000_000L;

  private final AtomicLong nanos = new AtomicLong(FIRST);

  public Time time() {
    return new Time(new ManualClock(), nanos::get);
  }

  public void advance(Duration step) {
    nanos.addAndGet(step.toNanos());
  }

  public Duration elapsed() {
    return Duration.ofNanos(nanos.get() - FIRST);
  }

  private final class ManualClock extends Clock {

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return ORIGIN.plus(elapsed());
    }
  }
}
