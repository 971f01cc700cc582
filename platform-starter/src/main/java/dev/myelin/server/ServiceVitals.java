package dev.myelin.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.wire.ServiceLoad;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/// Counts what became of a service's calls. Thread-safe.
final class ServiceVitals {

  private final LongAdder calls = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  @GuardedBy("this")
  private long callsBefore;

  @GuardedBy("this")
  private long nanosBefore;

  void ended(boolean success, long tookNanos) {
    calls.increment();
    nanos.add(tookNanos);
    if (!success) {
      errors.increment();
    }
  }

  /// The load now; the mean latency is over the calls ended since this method was last called.
  synchronized ServiceLoad load(String service, Admission admission) {
    long callsNow = calls.sum();
    long nanosNow = nanos.sum();
    long ended = callsNow - callsBefore;
    var mean = ended == 0 ? Duration.ZERO : Duration.ofNanos((nanosNow - nanosBefore) / ended);
    callsBefore = callsNow;
    nanosBefore = nanosNow;
    return new ServiceLoad(
        service,
        admission.inFlight(),
        admission.concurrency(),
        callsNow,
        errors.sum(),
        mean,
        admission.shed());
  }
}
