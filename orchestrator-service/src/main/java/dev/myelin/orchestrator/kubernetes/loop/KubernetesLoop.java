package dev.myelin.orchestrator.kubernetes.loop;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.orchestrator.lease.LeaderLease;
import dev.myelin.orchestrator.reconcile.Wakeup;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that looks at everything now and then, and whenever something has happened.
///
/// Acts only while the lease is held, and only when everything there is has been listed. Started
/// and stopped once.
public final class KubernetesLoop {

  private static final Logger log = LoggerFactory.getLogger(KubernetesLoop.class);
  private static final Duration END = Duration.ofSeconds(5);

  private final LeaderLease lease;
  private final Wakeup wakeup;
  private final Duration tick;
  private final ServiceKeeper keeper;

  @GuardedBy("this")
  private @Nullable Thread thread;

  private volatile boolean stopped;
  private OptionalLong epoch = OptionalLong.empty();

  /// Creates it.
  ///
  /// @param lease must be held to act
  /// @param wakeup ends a wait
  /// @param tick longest time between two looks
  /// @param keeper does what is to be done
  public KubernetesLoop(LeaderLease lease, Wakeup wakeup, Duration tick, ServiceKeeper keeper) {
    this.lease = lease;
    this.wakeup = wakeup;
    this.tick = tick;
    this.keeper = keeper;
  }

  /// Starts it.
  public synchronized void start() {
    if (thread == null) {
      thread = Thread.ofPlatform().name("orchestrator-loop").start(this::run);
    }
  }

  /// Ends it, and waits until it has, but not for long.
  public synchronized void stop() {
    stopped = true;
    wakeup.wake();
    if (thread != null) {
      try {
        thread.join(END);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run() {
    while (!stopped) {
      try {
        step();
      } catch (RuntimeException e) {
        log.error("A look at the cluster failed; the next one follows", e);
      }
      try {
        wakeup.sleep(tick);
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  /// Looks once.
  void step() {
    var held = lease.epoch();
    if (held.isEmpty()) {
      if (epoch.isPresent()) {
        log.info("lease=gone: this orchestrator acts no more");
      }
      epoch = held;
      return;
    }
    if (!keeper.complete()) {
      return;
    }
    if (!held.equals(epoch)) {
      log.info("epoch={}: this orchestrator acts", held.getAsLong());
      epoch = held;
      keeper.begin(held.getAsLong());
    }
    keeper.look();
  }
}
