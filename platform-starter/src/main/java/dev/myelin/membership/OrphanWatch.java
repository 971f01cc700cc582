package dev.myelin.membership;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notices that a cluster is gone: nobody renews its lease any more.
///
/// It compares what the lease says from one look to the next, by its own interval clock, so clocks
/// of other processes do not matter. A lease that is missing or cannot be read is one that nobody
/// renews. After the timeout the action runs, once.
///
/// A pause of this process is not held against the cluster: where two looks, due twenty times a
/// timeout or once a second, are a quarter of the timeout apart, it begins anew.
public final class OrphanWatch implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(OrphanWatch.class);
  private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(1);

  private final Supplier<Optional<ClusterLease>> lease;
  private final Duration timeout;
  private final Duration interval;
  private final SerialScheduler scheduler;
  private final Runnable action;

  // All of these belong to the scheduler's tasks.
  private @Nullable ClusterLease seen;
  private long changedAt;
  private long lookedAt;
  private boolean warned;
  private boolean acted;

  /// Creates one on a thread of its own.
  ///
  /// @param folder the cluster's folder
  /// @param timeout how long the lease may stay as it is
  /// @param action drains and stops this process; called from the watch's thread
  public OrphanWatch(ClusterFolder folder, Duration timeout, Runnable action) {
    this(
        () -> folder.read(folder.lease(), ClusterLease.class),
        timeout,
        SerialScheduler.onThread("myelin-orphan-watch"),
        action);
  }

  /// Creates one on a given scheduler, which it closes with itself.
  ///
  /// @param lease reads the lease
  /// @param timeout how long the lease may stay as it is, > 0
  /// @param scheduler where it is read and the action runs
  /// @param action drains and stops this process
  public OrphanWatch(
      Supplier<Optional<ClusterLease>> lease,
      Duration timeout,
      SerialScheduler scheduler,
      Runnable action) {
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException(
          "Orphan timeout is %s but must be more than 0".formatted(timeout));
    }
    this.lease = lease;
    this.timeout = timeout;
    var twentieth = timeout.dividedBy(20);
    this.interval = twentieth.compareTo(LONGEST_INTERVAL) > 0 ? LONGEST_INTERVAL : twentieth;
    this.scheduler = scheduler;
    this.action = action;
  }

  /// Begins to watch; the timeout counts from here. To be called once.
  public void start() {
    scheduler.execute(() -> {
      seen = read();
      changedAt = scheduler.nanoTime();
      lookedAt = changedAt;
    });
    scheduler.repeat(interval, this::look);
  }

  @Override
  public void close() {
    scheduler.close();
  }

  private void look() {
    long now = scheduler.nanoTime();
    long gap = now - lookedAt;
    lookedAt = now;
    var found = read();
    if (found != null && !found.equals(seen)) {
      renewed(found, now);
    } else if (gap > timeout.dividedBy(4).toNanos()) {
      log.warn("This process paused for {}: the orphan timeout begins anew", Duration.ofNanos(gap));
      changedAt = now;
    } else {
      unchanged(Duration.ofNanos(now - changedAt));
    }
  }

  private void renewed(ClusterLease found, long now) {
    if (warned) {
      log.info("The cluster's lease is renewed: holder={} epoch={}", found.holder(), found.epoch());
    }
    warned = false;
    seen = found;
    changedAt = now;
  }

  private void unchanged(Duration age) {
    if (acted) {
      return;
    }
    if (age.compareTo(timeout) >= 0) {
      acted = true;
      log.warn("Nobody has renewed the cluster's lease for {}: this process drains and stops", age);
      action.run();
    } else if (!warned && age.compareTo(timeout.dividedBy(2)) >= 0) {
      warned = true;
      log.warn(
          "Nobody has renewed the cluster's lease for {}: this process stops after {}",
          age,
          timeout);
    }
  }

  private @Nullable ClusterLease read() {
    try {
      return lease.get().orElse(null);
    } catch (RuntimeException e) {
      log.debug("The cluster's lease cannot be read: {}", e.toString());
      return null;
    }
  }
}
