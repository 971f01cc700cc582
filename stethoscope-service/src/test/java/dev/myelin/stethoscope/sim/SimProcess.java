package dev.myelin.stethoscope.sim;

import dev.myelin.membership.SerialScheduler;
import dev.myelin.wire.InstanceId;
import java.time.Duration;

/// A process: runs tasks unless it is stopped, and what falls due while it is, afterwards.
final class SimProcess implements SerialScheduler {

  final InstanceId id;
  private final SimTime time;
  private long frozenUntil = Long.MIN_VALUE;
  private boolean gone;

  SimProcess(InstanceId id, SimTime time) {
    this.id = id;
    this.time = time;
  }

  /// Stops it, as SIGSTOP or a long pause does.
  void freeze(Duration pause) {
    frozenUntil = Math.max(frozenUntil, time.now() + pause.toNanos());
  }

  /// Stops it for good.
  void hang() {
    frozenUntil = Long.MAX_VALUE;
  }

  boolean hung() {
    return frozenUntil == Long.MAX_VALUE;
  }

  void kill() {
    gone = true;
  }

  boolean gone() {
    return gone;
  }

  /// Whether it can do anything at a moment, as far as is known now.
  boolean runs(long at) {
    return !gone && at >= frozenUntil;
  }

  /// A task as this process runs it.
  Runnable task(Runnable action) {
    return () -> {
      if (gone || hung()) {
        return;
      }
      if (time.now() < frozenUntil) {
        time.at(frozenUntil, task(action));
      } else {
        action.run();
      }
    };
  }

  @Override
  public void execute(Runnable task) {
    time.at(time.now(), task(task));
  }

  @Override
  public Cancellation schedule(Duration delay, Runnable task) {
    var cancelled = new boolean[1];
    time.after(
        delay,
        task(() -> {
          if (!cancelled[0]) {
            task.run();
          }
        }));
    return () -> cancelled[0] = true;
  }

  @Override
  public long nanoTime() {
    return time.now();
  }

  @Override
  public void close() {
    gone = true;
  }
}
