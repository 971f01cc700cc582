package dev.myelin.client;

import dev.myelin.Deadline;
import dev.myelin.wire.Frame;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A call with one reply, for which one thread waits.
///
/// Parks that thread itself: a future would cost two more objects a call, and more steps to wake.
final class PendingReply implements PendingCall {

  private static final VarHandle OUTCOME;

  static {
    try {
      OUTCOME = MethodHandles.lookup().findVarHandle(PendingReply.class, "outcome", Outcome.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Deadline deadline;
  private volatile @Nullable Outcome outcome;
  private volatile @Nullable Thread waiting;

  PendingReply(Deadline deadline) {
    this.deadline = deadline;
  }

  /// Waits without a limit of its own: the sweeper ends the call at its deadline.
  Outcome await() throws InterruptedException {
    waiting = Thread.currentThread();
    var known = outcome;
    while (known == null) {
      LockSupport.park(this);
      known = outcome;
      if (known == null && Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
    return known;
  }

  @Override
  public Deadline due() {
    return deadline;
  }

  @Override
  public boolean received(Frame frame) {
    complete(Outcome.of(frame));
    return true;
  }

  @Override
  public void lost(Outcome.Failed failure) {
    complete(failure);
  }

  // the sweeper and the reply may meet here: the first one counts
  private void complete(Outcome with) {
    if (OUTCOME.compareAndSet(this, null, with)) {
      LockSupport.unpark(waiting);
    }
  }
}
