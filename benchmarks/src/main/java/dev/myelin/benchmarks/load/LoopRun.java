package dev.myelin.benchmarks.load;

import dev.myelin.benchmarks.variant.Caller;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The end of one run of the loop: the callers look here whether to go on, and the first failure
/// ends it for all.
final class LoopRun {
  private static final Duration LONGEST_CALL = Duration.ofSeconds(30);

  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final CountDownLatch failed = new CountDownLatch(1);
  private final CountDownLatch callers;
  private volatile boolean over;

  LoopRun(int callers) {
    this.callers = new CountDownLatch(callers);
  }

  boolean over() {
    return over;
  }

  /// Makes one call after the other until the run is over; the body of a calling thread.
  void callInTurn(Caller.Blocking caller, Tally tally) {
    try {
      while (!over) {
        var order = tally.next();
        var reply = caller.price(order.basket());
        if (!over) {
          tally.settle(order, reply);
        }
      }
    } catch (Throwable thrown) {
      fail(thrown);
    } finally {
      callers.countDown();
    }
  }

  void fail(Throwable thrown) {
    if (failure.compareAndSet(null, thrown)) {
      failed.countDown();
    }
  }

  /// Says that one caller has ended.
  void ended() {
    callers.countDown();
  }

  /// Returns when the time is over or a caller has failed, and ends the run.
  void letRunFor(Duration duration) throws InterruptedException {
    var _ = failed.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    over = true;
  }

  /// Waits for the calls in flight.
  ///
  /// @throws IllegalStateException if a caller failed, or did not end
  void awaitCallers() throws InterruptedException {
    if (!callers.await(LONGEST_CALL.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new IllegalStateException(
          callers.getCount() + " callers still wait for a reply after " + LONGEST_CALL + ".");
    }
    var cause = failure.get();
    if (cause != null) {
      throw new IllegalStateException("A call failed: " + cause, cause);
    }
  }
}
