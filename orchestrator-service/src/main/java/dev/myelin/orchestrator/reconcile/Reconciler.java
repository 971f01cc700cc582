package dev.myelin.orchestrator.reconcile;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The loop that keeps desired and observed instances equal, on a platform thread of its own.
///
/// It looks a few times a second, and at once when a process ends, membership changes, an instance
/// is flagged or an action has come to its end. It acts only while its lease is held. Thread-safe.
public final class Reconciler {

  private static final Logger log = LoggerFactory.getLogger(Reconciler.class);
  private static final Duration STOP_MARGIN = Duration.ofSeconds(5);

  private final Cycle cycle;
  private final Roster roster;
  private final Wakeup wakeup;
  private final ReconcileSettings settings;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().name("reconciler").unstarted(this::loop);
  private volatile boolean stopping;
  private volatile boolean closed;

  Reconciler(Cycle cycle, Roster roster, Wakeup wakeup, ReconcileSettings settings) {
    this.cycle = cycle;
    this.roster = roster;
    this.wakeup = wakeup;
    this.settings = settings;
  }

  /// Starts the loop.
  public void start() {
    thread.start();
  }

  /// Ends everything in order, waits for it within the time for that, then ends the loop. Without
  /// the lease, only the loop is ended: the instances are another's.
  public void stop() {
    if (!thread.isAlive()) {
      return;
    }
    stopping = true;
    wakeup.wake();
    try {
      if (!ended.await(
          settings.retirement().stop().plus(STOP_MARGIN).toNanos(), TimeUnit.NANOSECONDS)) {
        log.error("Still there after the ordered stop: {}", roster.all());
      }
      closed = true;
      wakeup.wake();
      thread.join(STOP_MARGIN);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    while (!closed) {
      try {
        if (cycle.run(stopping) && stopping) {
          ended.countDown();
          return;
        }
      } catch (RuntimeException e) {
        log.error("A round of the reconciler failed; the next one tries again", e);
      }
      try {
        wakeup.sleep(settings.pace().tick());
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
