package dev.myelin.membership;

import dev.myelin.membership.SerialScheduler.Cancellation;
import java.time.Duration;

/// A task that runs at a fixed rate on a scheduler. Its runs are tasks of that scheduler;
/// cancelling is allowed from any thread.
final class Repetition implements Runnable, Cancellation {

  private final SerialScheduler scheduler;
  private final Duration interval;
  private final Runnable task;
  private volatile boolean cancelled;
  // Written before the first run is handed over, then only by the runs.
  private long due;

  Repetition(SerialScheduler scheduler, Duration interval, Runnable task) {
    if (!interval.isPositive()) {
      throw new IllegalArgumentException(
          "Interval is %s but must be more than 0".formatted(interval));
    }
    this.scheduler = scheduler;
    this.interval = interval;
    this.task = task;
  }

  Cancellation start() {
    due = scheduler.nanoTime();
    scheduler.execute(this);
    return this;
  }

  @Override
  public void run() {
    if (cancelled) {
      return;
    }
    try {
      task.run();
    } finally {
      scheduleNext();
    }
  }

  private void scheduleNext() {
    long step = interval.toNanos();
    long late = scheduler.nanoTime() - due;
    due += step * (1 + Math.max(0, late / step));
    scheduler.schedule(Duration.ofNanos(due - scheduler.nanoTime()), this);
  }

  @Override
  public void cancel() {
    cancelled = true;
  }
}
