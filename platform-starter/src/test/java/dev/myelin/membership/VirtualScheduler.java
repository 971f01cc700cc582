package dev.myelin.membership;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A scheduler whose clock stands still until a test moves it: nothing runs before that. Its clock
/// starts close to where a `long` overflows. Tasks may come from any thread; one thread moves time.
public final class VirtualScheduler implements SerialScheduler {

  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final PriorityQueue<Task> tasks = new PriorityQueue<>();

  private final List<Throwable> failures = new ArrayList<>();
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(3).toNanos());

  @GuardedBy("lock")
  private long count;

  @GuardedBy("lock")
  private boolean closed;

  private record Task(long due, long number, Runnable action) implements Comparable<Task> {

    @Override
    public int compareTo(Task other) {
      return due == other.due ? Long.compare(number, other.number) : Long.signum(due - other.due);
    }
  }

  @Override
  public void execute(Runnable task) {
    schedule(Duration.ZERO, task);
  }

  @Override
  public Cancellation schedule(Duration delay, Runnable task) {
    lock.lock();
    try {
      if (closed) {
        return () -> {};
      }
      var scheduled = new Task(now.get() + delay.toNanos(), count++, task);
      tasks.add(scheduled);
      return () -> cancel(scheduled);
    } finally {
      lock.unlock();
    }
  }

  private void cancel(Task task) {
    lock.lock();
    try {
      tasks.remove(task);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long nanoTime() {
    return now.get();
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      tasks.clear();
    } finally {
      lock.unlock();
    }
  }

  /// Whether it was closed.
  public boolean closed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /// Runs what is due.
  public void runDue() {
    advance(Duration.ZERO);
  }

  /// Moves time on, running each task when it falls due.
  ///
  /// @param duration how far
  public void advance(Duration duration) {
    long target = now.get() + duration.toNanos();
    for (var task = next(target); task != null; task = next(target)) {
      if (task.due - now.get() > 0) {
        now.set(task.due);
      }
      run(task);
    }
    now.set(target);
  }

  /// Moves time on without running anything, as for a process that is stopped, then runs what has
  /// become due.
  ///
  /// @param duration how far
  public void pause(Duration duration) {
    now.addAndGet(duration.toNanos());
    runDue();
  }

  /// Moves time on without running anything, not even what has become due: that runs when time goes
  /// on.
  ///
  /// @param duration how far
  public void pauseOnly(Duration duration) {
    now.addAndGet(duration.toNanos());
  }

  /// What tasks threw.
  public List<Throwable> failures() {
    return failures;
  }

  private void run(Task task) {
    try {
      task.action.run();
    } catch (RuntimeException e) {
      failures.add(e);
    }
  }

  private @Nullable Task next(long target) {
    lock.lock();
    try {
      var first = tasks.peek();
      return first != null && first.due - target <= 0 ? tasks.poll() : null;
    } finally {
      lock.unlock();
    }
  }
}
