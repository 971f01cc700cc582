package dev.myelin.pubsub.simulation;

import dev.myelin.membership.SerialScheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// One process's share of the common clock: its tasks end with it, and wait while it is stopped.
final class NodeScheduler implements SerialScheduler {

  private final SerialScheduler clock;
  // In the order in which they fell due: also a process that goes on after a stop keeps to it
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private boolean ended;
  private boolean stopped;

  NodeScheduler(SerialScheduler clock) {
    this.clock = clock;
  }

  void stop(boolean now) {
    stopped = now;
    if (!now) {
      clock.execute(this::catchUp);
    }
  }

  private void catchUp() {
    while (!stopped && !ended && !waiting.isEmpty()) {
      waiting.poll().run();
    }
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
    if (stopped || !waiting.isEmpty()) {
      waiting.add(task);
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
