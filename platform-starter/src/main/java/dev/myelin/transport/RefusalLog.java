package dev.myelin.transport;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs which peers are turned away, at most one a second: whoever comes a thousand times a second
/// must not fill the disk. Thread-safe.
final class RefusalLog {

  private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
  private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanos;
  private final AtomicLong next;
  private final AtomicInteger passedOver = new AtomicInteger();

  RefusalLog(LongSupplier nanos) {
    this.nanos = nanos;
    this.next = new AtomicLong(nanos.getAsLong());
  }

  /// Logs it, or counts it where another was logged a moment ago.
  void refused(String peer, String reason) {
    if (due()) {
      LOG.warn(
          "closing a connection peer={} reason={} othersSince={}",
          peer,
          reason,
          passedOver.getAndSet(0));
    } else {
      passedOver.incrementAndGet();
      LOG.debug("closing a connection peer={} reason={}", peer, reason);
    }
  }

  /// Whether it is time for another line.
  boolean due() {
    long now = nanos.getAsLong();
    long at = next.get();
    return now - at >= 0 && next.compareAndSet(at, now + INTERVAL);
  }
}
