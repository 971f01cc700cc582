package dev.myelin.server;

import dev.myelin.Deadline;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Lets a service's calls in: as many as it has permits run, a bounded number waits, the rest is
/// shed. Thread-safe.
final class Admission {

  private static final int LEAST_WAITING = 128;

  private final Semaphore permits;
  private final int concurrency;
  private final int limit;
  private final AtomicInteger inFlight = new AtomicInteger();

  Admission(int concurrency) {
    this.concurrency = concurrency;
    this.permits = new Semaphore(concurrency, true);
    this.limit = concurrency + Math.max(LEAST_WAITING, concurrency);
  }

  int concurrency() {
    return concurrency;
  }

  /// Calls that run or wait.
  int inFlight() {
    return inFlight.get();
  }

  /// Takes a place among the calls in flight; never blocks.
  ///
  /// @return whether there was one; if so, [#leave] has to follow
  boolean enter() {
    if (inFlight.incrementAndGet() > limit) {
      inFlight.decrementAndGet();
      return false;
    }
    return true;
  }

  /// Waits for a permit.
  ///
  /// @return whether there was one before the deadline; if so, [#release] has to follow
  boolean acquire(Deadline deadline) throws InterruptedException {
    return permits.tryAcquire(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
  }

  /// Takes a permit if there is one; never waits.
  ///
  /// @return whether there was one; if so, [#release] has to follow
  boolean tryAcquire() {
    return permits.tryAcquire();
  }

  void release() {
    permits.release();
  }

  void leave() {
    inFlight.decrementAndGet();
  }
}
