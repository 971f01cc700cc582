package dev.myelin.object;

import dev.myelin.CallException;
import dev.myelin.Deadline;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.storage.ObjectKey;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// The attempts of one call of an object: how many there were, how long to wait before the next.
///
/// Waits are drawn at random up to a bound that doubles, so that many callers of one object do not
/// meet again. Not thread-safe.
final class Attempts {

  private static final Duration FIRST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofMillis(100);

  private final ObjectKey key;
  private final String operation;
  private final Deadline deadline;
  private final int max;
  private int made = 1;
  private Duration bound = FIRST;

  Attempts(ObjectKey key, String operation, Deadline deadline, int max) {
    this.key = key;
    this.operation = operation;
    this.deadline = deadline;
    this.max = max;
  }

  Deadline deadline() {
    return deadline;
  }

  /// Waits before the next attempt, because somebody else has changed the object.
  ///
  /// @throws CallException if there were enough, or no time is left
  void next() {
    if (made >= max) {
      throw new CallException(
          Status.RESOURCE_EXHAUSTED,
          Execution.DID_NOT_RUN,
          ("'%s' on object '%s' was given up: in each of %d attempts somebody else changed the"
                  + " object first. Split the object, leave the strategy of its service sticky, or"
                  + " raise 'myelin.objects.max-attempts'.")
              .formatted(operation, key, made));
    }
    made++;
    pause(Execution.DID_NOT_RUN);
  }

  /// Waits, because nothing can be done right now.
  ///
  /// @param execution what is known of the call, should no time be left
  /// @throws CallException if no time is left
  void pause(Execution execution) {
    long left = deadline.remaining().toNanos();
    if (left <= 0) {
      throw new CallException(
          Status.DEADLINE_EXCEEDED,
          execution,
          "'%s' on object '%s' had no time left after %d attempts."
              .formatted(operation, key, made));
    }
    long nanos = ThreadLocalRandom.current().nextLong(1, bound.toNanos() + 1);
    try {
      TimeUnit.NANOSECONDS.sleep(Math.min(nanos, left));
    } catch (InterruptedException e) {
      throw cancelled(execution, e);
    }
    if (bound.compareTo(LONGEST) < 0) {
      bound = bound.multipliedBy(2);
    }
  }

  /// Waits for a permit, for half of the time that is left: the other half is for the attempts.
  ///
  /// @return whether it has got it
  boolean tryAcquire(Semaphore permit) {
    try {
      long wait = deadline.remaining().toNanos() / 2;
      return permit.tryAcquire(wait, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw cancelled(Execution.DID_NOT_RUN, e);
    }
  }

  private CallException cancelled(Execution execution, InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new CallException(
        Status.CANCELLED,
        execution,
        "'%s' on object '%s' was cancelled.".formatted(operation, key),
        cause);
  }

  /// What a caller is told where a store failed.
  CallException failed(Execution execution, RuntimeException cause) {
    return new CallException(
        Status.UNAVAILABLE,
        execution,
        "'%s' on object '%s' failed: %s".formatted(operation, key, cause.getMessage()),
        cause);
  }
}
