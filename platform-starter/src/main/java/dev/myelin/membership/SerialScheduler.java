package dev.myelin.membership;

import java.time.Duration;

/// Runs tasks one at a time, in the order in which they fall due, by one interval clock.
///
/// - A task never runs beside another one of the same scheduler, and sees what earlier ones wrote.
/// - Tasks handed to [#execute] run in the order of the calls.
/// - A task that throws is logged; the ones after it still run.
///
/// Thread-safe. State that only tasks of one scheduler touch needs no lock.
public interface SerialScheduler extends AutoCloseable {

  /// Creates a scheduler with a daemon platform thread of its own. Not a virtual thread: a user's
  /// CPU-bound services can keep every carrier busy, and membership has to move on all the same.
  ///
  /// @param name name of the thread
  static SerialScheduler onThread(String name) {
    return new ThreadScheduler(name);
  }

  /// Runs a task as soon as those before it are done; drops it after [#close()].
  ///
  /// @param task what to run
  void execute(Runnable task);

  /// Runs a task later; drops it after [#close()].
  ///
  /// @param delay how much later, ≥ 0
  /// @param task what to run
  /// @return cancels it, unless it has started
  Cancellation schedule(Duration delay, Runnable task);

  /// The interval clock, as [System#nanoTime()] is one.
  long nanoTime();

  /// Drops the tasks that have not started. Returns at once.
  @Override
  void close();

  /// Runs a task now and then at a fixed rate; runs that are missed are skipped, not made up for.
  ///
  /// @param interval time from one start to the next
  /// @param task what to run
  /// @return ends the repetition
  default Cancellation repeat(Duration interval, Runnable task) {
    return new Repetition(this, interval, task).start();
  }

  /// Calls something off.
  @FunctionalInterface
  interface Cancellation {

    /// Calls it off; without effect the second time.
    void cancel();
  }
}
