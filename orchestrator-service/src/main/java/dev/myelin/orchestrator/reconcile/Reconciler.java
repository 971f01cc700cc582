package dev.myelin.orchestrator.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The loop that keeps desired and observed instances equal, on a platform thread of its own.
///
/// It looks a few times a second, and at once when a process ends, membership changes, an instance
/// is flagged or an action has come to its end. It acts only while its lease is held. Thread-safe.
///
/// Where there are several core processes, the end of everything is asked for in the cluster's
/// folder and carried out by the one that acts, the others last and itself at the very end.
public final class Reconciler {

  private static final Logger log = LoggerFactory.getLogger(Reconciler.class);
  private static final Duration STOP_MARGIN = Duration.ofSeconds(5);

  private final Cycle cycle;
  private final Roster roster;
  private final Wakeup wakeup;
  private final ReconcileSettings settings;
  private final Ending ending;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().name("reconciler").unstarted(this::loop);
  private volatile boolean stopping;
  private volatile boolean closed;

  Reconciler(Cycle cycle, Roster roster, Wakeup wakeup, ReconcileSettings settings, Ending ending) {
    this.cycle = cycle;
    this.roster = roster;
    this.wakeup = wakeup;
    this.settings = settings;
    this.ending = ending;
  }

  /// Starts the loop.
  public void start() {
    thread.start();
  }

  /// Ends the loop, and before that, unless the cluster is handed over, everything else in order:
  /// waits for it within the time for that. Without the lease it waits for whoever has it.
  ///
  /// @param by who asks for the end, for people
  /// @param at now
  public void stop(String by, Instant at) {
    if (!thread.isAlive()) {
      return;
    }
    try {
      if (ending.kind() == Ending.Kind.WHOLE_CLUSTER) {
        endEverything(by, at);
      }
      closed = true;
      wakeup.wake();
      thread.join(STOP_MARGIN);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void endEverything(String by, Instant at) throws InterruptedException {
    if (several()) {
      ending.request().make(by, at);
    }
    stopping = true;
    wakeup.wake();
    if (!ended.await(
        settings.retirement().stop().plus(STOP_MARGIN).toNanos(), TimeUnit.NANOSECONDS)) {
      log.error("Still there after the ordered stop: {}", roster.all());
    }
  }

  private boolean several() {
    return settings.counts().cores() > 0;
  }

  private boolean over() {
    boolean asked = stopping || (several() && ending.request().present());
    return switch (cycle.run(asked)) {
      case ACTING -> false;
      case WATCHING -> stopping && (!several() || ending.request().carriedOut());
      case EMPTY -> {
        if (asked && several()) {
          ending.request().carriedOutBy(ending.self());
        }
        yield asked;
      }
    };
  }

  private void loop() {
    while (!closed) {
      try {
        if (over()) {
          ended.countDown();
          if (!stopping) {
            log.info("Everything has ended, as was asked for: this process ends too");
            ending.afterwards().run();
          }
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
