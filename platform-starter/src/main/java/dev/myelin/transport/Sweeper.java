package dev.myelin.transport;

import dev.myelin.Deadline;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks every few milliseconds, on one platform thread, whether a deadline has passed.
///
/// No call has a timer of its own, since nearly every one ends long before its deadline. Only the
/// earliest deadline of each kind of calls is kept; once it has passed, the calls in flight are
/// swept for those that are over, which finds the next one. So a call costs a comparison, an open
/// stream nothing, and the calls in flight are looked at about once in the time that they may take.
/// The price is that a deadline is noticed up to one interval late. Thread-safe.
public final class Sweeper implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
  private static final Duration INTERVAL = Duration.ofMillis(5);

  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("myelin-deadlines").daemon().factory());

  /// Ends what has passed its deadline. Must not block.
  @FunctionalInterface
  public interface Sweep {

    /// Runs it once.
    ///
    /// @return the earliest deadline of what is left; null if nothing has one
    @Nullable Deadline run();
  }

  /// Starts the thread, which looks every 5 ms.
  public Sweeper() {
    this(INTERVAL);
  }

  /// Starts the thread.
  ///
  /// @param interval how late a deadline may be noticed; each look costs some 100 ns a watch
  public Sweeper(Duration interval) {
    long nanos = interval.toNanos();
    var _ = thread.scheduleWithFixedDelay(this::look, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /// Sweeps, from now on, when a deadline has passed that the watch was told of.
  ///
  /// @param sweep ends what has passed its deadline
  public Watch watch(Sweep sweep) {
    var watch = new Watch(sweep);
    watches.add(watch);
    return watch;
  }

  /// The earlier one of two deadlines; null stands for none.
  public static @Nullable Deadline earlier(@Nullable Deadline one, @Nullable Deadline other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) <= 0 ? one : other;
  }

  /// When to sweep next. Thread-safe.
  public static final class Watch {

    private final Sweep sweep;
    private final AtomicReference<@Nullable Deadline> earliest = new AtomicReference<>();

    private Watch(Sweep sweep) {
      this.sweep = sweep;
    }

    /// Has the sweep run once a deadline has passed. Called after the sweep can find what has it.
    ///
    /// @param deadline null for none
    public void expect(@Nullable Deadline deadline) {
      var known = earliest.get();
      while (deadline != null && (known == null || deadline.compareTo(known) < 0)) {
        if (earliest.compareAndSet(known, deadline)) {
          return;
        }
        known = earliest.get();
      }
    }

    private void look() {
      var due = earliest.get();
      if (due == null || !due.expired()) {
        return;
      }
      // before the sweep: what it does not find any more comes here after that
      earliest.set(null);
      try {
        expect(sweep.run());
      } catch (RuntimeException e) {
        // one broken sweep must not end the deadlines of all others, nor its own
        LOG.error("a sweep for passed deadlines failed", e);
        expect(due);
      }
    }
  }

  private void look() {
    watches.forEach(Watch::look);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
