package dev.myelin.transport;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks for passed deadlines every few milliseconds, on one platform thread.
///
/// One sweep over the calls in flight costs less than a timer for each of them would, since nearly
/// every call ends long before its deadline; the price is that a deadline is noticed up to one
/// interval late. Thread-safe; the registered sweeps must not block.
public final class Sweeper implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
  private static final Duration INTERVAL = Duration.ofMillis(5);

  private final Set<Runnable> sweeps = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("myelin-deadlines").daemon().factory());

  /// Starts the thread.
  public Sweeper() {
    var _ =
        thread.scheduleWithFixedDelay(
            this::sweep, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Runs a sweep at every interval from now on.
  ///
  /// @param sweep ends what has passed its deadline
  /// @return ends that
  public Runnable add(Runnable sweep) {
    sweeps.add(sweep);
    return () -> sweeps.remove(sweep);
  }

  private void sweep() {
    for (var sweep : sweeps) {
      try {
        sweep.run();
      } catch (RuntimeException e) {
        // one broken sweep must not end the deadlines of all others
        LOG.error("a sweep for passed deadlines failed", e);
      }
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
