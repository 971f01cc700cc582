package dev.myelin.orchestrator.reconcile;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Lets a loop sleep until something happens. A wake-up that comes while the loop is busy is not
/// lost. Thread-safe.
public final class Wakeup {

  private final Semaphore calls = new Semaphore(0);

  /// Creates it.
  public Wakeup() {}

  /// Ends the present sleep, or the next.
  public void wake() {
    calls.release();
  }

  /// Sleeps until woken, no longer than a limit.
  ///
  /// @param limit how long at most
  /// @return whether it was woken
  /// @throws InterruptedException if the thread is to end
  public boolean sleep(Duration limit) throws InterruptedException {
    boolean woken = calls.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS);
    if (woken) {
      calls.drainPermits();
    }
    return woken;
  }
}
