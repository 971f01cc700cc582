package dev.myelin.pubsub.simulation;

import dev.myelin.membership.SerialScheduler;
import java.time.Duration;

/// One process's share of the common clock: its tasks end with it, and wait while it is stopped.
final class NodeScheduler implements SerialScheduler {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

  private final SerialScheduler clock;
  private boolean ended;
  private boolean stopped;

  NodeScheduler(SerialScheduler clock) {
    this.clock = clock;
  }

  void stop(boolean now) {
    stopped = now;
  }

  @Override
  public void execute(Runnable task) {
    schedule(Duration.ZERO, task);
  }

  @Override
  public Cancellation schedule(Duration delay, Runnable task) {
    return clock.schedule(delay, () -> run(task));
  }

  private void run(Runnable task) {
    if (ended) {
      return;
    }
    if (stopped) {
      clock.schedule(LOOK_AGAIN, () -> run(task));
    } else {
      task.run();
    }
  }

  @Override
  public long nanoTime() {
    return clock.nanoTime();
  }

  @Override
  public void close() {
    ended = true;
  }
}
