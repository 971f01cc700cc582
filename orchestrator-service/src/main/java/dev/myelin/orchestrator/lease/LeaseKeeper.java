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
  private final Pace pace;
  private final Runnable refused;
  private final Runnable changed;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().name("lease-keeper").unstarted(this::run);
  private boolean complained;

  /// How often it does what.
  ///
  /// @param renewal time from one renewal to the next
  /// @param attempt time from one attempt to get the lease to the next
  public record Pace(Duration renewal, Duration attempt) {}

  /// Creates one; [#start] starts it.
  ///
  /// @param lease what to keep
  /// @param pace how often to renew it, and to try to get it
  /// @param changed called on the keeper's thread after the lease was acquired or lost; must not
  ///   block
  /// @param refused called on the keeper's thread after each attempt to get the lease while another
  ///   has it; may block for some seconds
  public LeaseKeeper(LeaderLease lease, Pace pace, Runnable changed, Runnable refused) {
    this.lease = lease;
    this.pace = pace;
    this.changed = changed;
    this.refused = refused;
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
      } while (!closed.await(untilNext().toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration untilNext() {
    return lease.epoch().isPresent() ? pace.renewal() : pace.attempt();
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
      if (!after) {
        refused.run();
      }
    } catch (UncheckedIOException e) {
      if (!complained) {
        log.warn("Cannot acquire the lease, trying on", e);
      }
      complained = true;
    }
  }
}
