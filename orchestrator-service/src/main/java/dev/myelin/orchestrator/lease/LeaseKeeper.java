package dev.myelin.orchestrator.lease;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Acquires a lease and renews it, at a steady pace, on a platform thread of its own: the cluster
/// must not look dead because this JVM's virtual threads are busy.
public final class LeaseKeeper implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LeaseKeeper.class);

  private final LeaderLease lease;
  private final Duration interval;
  private final Runnable changed;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().name("lease-keeper").unstarted(this::run);
  private boolean complained;

  /// Creates one; [#start] starts it.
  ///
  /// @param lease what to keep
  /// @param interval how often to renew it, or to try to get it
  /// @param changed called on the keeper's thread after the lease was acquired or lost; must not
  ///   block
  public LeaseKeeper(LeaderLease lease, Duration interval, Runnable changed) {
    this.lease = lease;
    this.interval = interval;
    this.changed = changed;
  }

  /// Starts to keep the lease, until closed.
  public void start() {
    thread.start();
  }

  /// Ends the keeping and releases the lease.
  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    lease.release();
  }

  private void run() {
    try {
      do {
        step();
      } while (!closed.await(interval.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Renews the lease if it is held, tries to get it otherwise.
  void step() {
    try {
      boolean before = lease.epoch().isPresent();
      boolean after = before ? lease.renew() : lease.acquire();
      complained = false;
      if (before != after) {
        changed.run();
      }
    } catch (UncheckedIOException e) {
      if (!complained) {
        log.warn("Cannot acquire the lease, trying on", e);
      }
      complained = true;
    }
  }
}
