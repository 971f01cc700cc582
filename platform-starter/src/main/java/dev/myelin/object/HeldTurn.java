package dev.myelin.object;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.object.ObjectDocument.Turn;
import dev.myelin.object.ObjectRecords.Loaded;
import dev.myelin.storage.ObjectKey;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// An exclusive turn that this process has: renewed on a virtual thread of its own until it ends.
///
/// Its end is the write of the object's next state, which only succeeds while the turn is held:
/// whoever took it over has changed the version. Writes happen under a lock, one after the other;
/// the operation itself runs outside of it.
final class HeldTurn {

  private static final Logger log = LoggerFactory.getLogger(HeldTurn.class);
  private static final int RENEWALS_A_LEASE = 3;

  private final ObjectRecords records;
  private final ObjectKey key;
  private final Attempts attempts;
  private final Duration lease;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private Loaded held;

  @GuardedBy("lock")
  private boolean lost;

  HeldTurn(ObjectRecords records, ObjectKey key, Loaded held, Attempts attempts, Duration lease) {
    this.records = records;
    this.key = key;
    this.held = held;
    this.attempts = attempts;
    this.lease = lease;
  }

  /// Begins to renew it.
  void keep() {
    Thread.ofVirtual().name("turn of " + key).start(this::renew);
  }

  private void renew() {
    try {
      while (!ended.await(lease.toNanos() / RENEWALS_A_LEASE, TimeUnit.NANOSECONDS)) {
        renewOnce();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void renewOnce() {
    lock.lock();
    try {
      var turn = held.document().turn();
      if (lost || turn == null || ended.getCount() == 0) {
        return;
      }
      var next = new Turn(turn.holder(), turn.leaseMillis(), turn.renewals() + 1);
      write(held.document().fields(), next);
    } catch (CallException e) {
      // the end of the turn finds out what is stored now
      log.debug("A turn could not be renewed: object={}", key, e);
      lost = e.execution() == Execution.MAY_HAVE_RUN;
    } finally {
      lock.unlock();
    }
  }

  /// Ends the turn with the object's next state.
  ///
  /// @throws CallException saying that the operation may have run, if the turn was lost before
  void end(ObjectNode fields) {
    ended.countDown();
    lock.lock();
    try {
      while (!lost && held.document().turn() != null) {
        writeEnd(fields);
      }
      if (lost) {
        throw lost(null);
      }
    } finally {
      lock.unlock();
    }
  }

  // the operation has run: what it changed is worth all the time that is left
  @GuardedBy("lock")
  private void writeEnd(ObjectNode fields) {
    try {
      write(fields, null);
    } catch (CallException e) {
      if (e.execution() != Execution.DID_NOT_RUN || attempts.deadline().expired()) {
        throw lost(e);
      }
      attempts.pause(Execution.MAY_HAVE_RUN);
    }
  }

  /// Ends the turn and leaves the object as it was.
  void abandon() {
    ended.countDown();
    lock.lock();
    try {
      if (!lost) {
        write(held.document().fields(), null);
      }
    } catch (CallException e) {
      log.debug("A turn could not be given back, it expires: object={}", key, e);
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void write(ObjectNode fields, @Nullable Turn turn) {
    var next = held.document().next(fields, turn, ObjectRecords.name());
    var version = records.replace(key, held, next, attempts);
    lost = version.isEmpty();
    version.ifPresent(now -> held = new Loaded(now, next));
  }

  private CallException lost(@Nullable CallException cause) {
    return new CallException(
        Status.UNAVAILABLE,
        Execution.MAY_HAVE_RUN,
        ("The exclusive turn on object '%s' ended before the operation had: the operation has run,"
                + " but what it changed in the object is not stored%s.")
            .formatted(key, cause == null ? "" : " (" + cause.getMessage() + ")"),
        cause);
  }
}
