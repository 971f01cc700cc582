package dev.myelin.server;

import dev.myelin.Deadline;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Lets a service's calls in: as many as it has permits run, a bounded number waits, the rest is
/// shed. Thread-safe.
///
/// A call is refused at the door, before it costs anything, when the queue is full, and when the
/// queue is so long that it could hardly be answered in time: work whose caller will have given up
/// is work lost to one who has not. How long the queue takes is known from the pace at which calls
/// have left it; since times vary, a call has to be expected to end in half of the time it has
/// left.
final class Admission {

  private static final int LEAST_WAITING = 128;
  private static final int SMOOTHING = 16;
  private static final int MARGIN = 2;

  private final Permits permits;
  private final int concurrency;
  private final int queue;
  private final long longestWait;
  private final LongSupplier nanos;
  private final @Nullable AdaptiveLimit adaptive;
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger streams = new AtomicInteger();
  private final LongAdder shed = new LongAdder();
  // both are means of many measurements by many threads: one that is lost between them is not
  // missed
  private volatile long departedAt;
  private volatile long pace;

  Admission(int concurrency, AdmissionSettings settings, LongSupplier nanos) {
    this.concurrency = concurrency;
    this.queue = settings.queue() == 0 ? Math.max(LEAST_WAITING, concurrency) : settings.queue();
    this.longestWait = settings.longestWait().toNanos();
    this.nanos = nanos;
    this.adaptive = settings.adaptive() ? new AdaptiveLimit(concurrency, nanos) : null;
    this.permits = new Permits(limit());
  }

  /// What becomes of a call at the door.
  enum Entry {
    /// It may wait for a permit; [#leave()] has to follow.
    ADMITTED,
    /// As many wait as may.
    FULL,
    /// It would hardly be answered in time.
    TOO_LATE
  }

  /// Permits of which there may be more or fewer later.
  private static final class Permits extends Semaphore {

    Permits(int count) {
      super(count, true);
    }

    void change(int by) {
      if (by > 0) {
        release(by);
      } else if (by < 0) {
        reducePermits(-by);
      }
    }
  }

  int concurrency() {
    return concurrency;
  }

  /// Calls that may run at a time now: the concurrency, or less where the limit adapts.
  int limit() {
    return adaptive == null ? concurrency : adaptive.limit();
  }

  /// Calls that run or wait, and open streams.
  int inFlight() {
    return calls.get() + streams.get();
  }

  /// Calls that found no place.
  long shed() {
    return shed.sum();
  }

  /// Takes a place among the calls in flight; never blocks.
  ///
  /// @param timeLeft until the call's deadline
  Entry enter(Duration timeLeft) {
    int limit = limit();
    int waiting = calls.incrementAndGet() - limit;
    var entry =
        waiting <= 0
            ? Entry.ADMITTED
            : waiting > queue ? Entry.FULL : queueing(waiting, limit, timeLeft);
    if (entry != Entry.ADMITTED) {
      calls.decrementAndGet();
      shed.increment();
    }
    return entry;
  }

  /// Takes a place among the open streams; never blocks. A stream runs without a permit for as long
  /// as it likes, so it is counted apart: however many are open, no call waits for one of them.
  Entry enterStream() {
    if (streams.incrementAndGet() <= concurrency + queue) {
      return Entry.ADMITTED;
    }
    streams.decrementAndGet();
    shed.increment();
    return Entry.FULL;
  }

  private Entry queueing(int waiting, int limit, Duration timeLeft) {
    long step = pace;
    // a call takes as long as it takes all that run beside it to leave, one after the other
    long untilEnd = step * (waiting + limit);
    boolean late =
        step * waiting > longestWait || (step > 0 && untilEnd > timeLeft.toNanos() / MARGIN);
    return late ? Entry.TOO_LATE : Entry.ADMITTED;
  }

  /// Waits for a permit, no longer than calls may wait.
  ///
  /// @return whether there was one before the deadline; if so, [#release] has to follow
  boolean acquire(Deadline deadline) throws InterruptedException {
    long wait = Math.min(longestWait, deadline.remaining().toNanos());
    return permits.tryAcquire(wait, TimeUnit.NANOSECONDS);
  }

  /// Takes a permit if there is one; never waits.
  ///
  /// @return whether there was one; if so, [#release] has to follow
  boolean tryAcquire() {
    return permits.tryAcquire();
  }

  /// The time, for [#release]; 0 where nobody asks how long a permit was held.
  long now() {
    return adaptive == null ? 0 : nanos.getAsLong();
  }

  /// Gives a permit back.
  ///
  /// @param permittedAt [#now()] when it was got
  void release(long permittedAt) {
    departed();
    var limit = adaptive;
    if (limit != null) {
      permits.change(limit.sample(nanos.getAsLong() - permittedAt, calls.get()));
    }
    permits.release();
  }

  private void departed() {
    if (calls.get() <= limit()) {
      long known = pace;
      if (known != 0) {
        departedAt = 0;
        // nobody waits, so a pace that was slow for a while must not keep everyone from waiting
        pace = known - Math.max(1, known / SMOOTHING);
      }
      return;
    }
    long now = nanos.getAsLong();
    long before = departedAt;
    departedAt = now;
    if (before != 0) {
      long step = Math.max(1, now - before);
      long known = pace;
      pace = known == 0 ? step : Math.max(1, known + (step - known) / SMOOTHING);
    }
  }

  /// Gives a call's place back.
  void leave() {
    calls.decrementAndGet();
  }

  /// Gives a stream's place back.
  void leaveStream() {
    streams.decrementAndGet();
  }
}
