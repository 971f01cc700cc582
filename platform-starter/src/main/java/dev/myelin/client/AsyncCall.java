package dev.myelin.client;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.CallException;
import dev.myelin.Deadline;
import dev.myelin.Status;
import dev.myelin.client.CallLoop.Landing;
import dev.myelin.client.CallLoop.Route;
import dev.myelin.wire.Frame;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A call that no thread waits for.
///
/// The first attempt is sent by the caller's thread, if a connection is open and the operation
/// known there; a virtual thread starts when the answer has come, or when more is needed than that:
/// a connection, another attempt. The result of an operation declared inline is taken on the thread
/// that read it. Cancelling the future cancels the call at the instance.
final class AsyncCall implements PendingCall {

  private final CallLoop loop;
  private final CallProgress progress;
  private final Result result = new Result();
  private volatile @Nullable Route route;

  // the first attempt has come to something
  @GuardedBy("this")
  private boolean landed;

  @GuardedBy("this")
  private boolean givenUp;

  // the first attempt is on its way, and the sending thread knows it
  @GuardedBy("this")
  private boolean sent;

  // what came of the first attempt before that
  @GuardedBy("this")
  private @Nullable Outcome early;

  // stops what is under way now; null while nothing is that could be stopped
  @GuardedBy("this")
  private @Nullable Runnable stop;

  private AsyncCall(CallLoop loop, CallProgress progress) {
    this.loop = loop;
    this.progress = progress;
  }

  /// The future that the caller gets.
  private final class Result extends CompletableFuture<@Nullable Object> {

    @Override
    public boolean cancel(boolean mayInterrupt) {
      boolean cancelled = super.cancel(mayInterrupt);
      if (cancelled) {
        giveUp();
      }
      return cancelled;
    }

    // what callers derive from it are futures of their own
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
      return new CompletableFuture<>();
    }
  }

  /// Starts a call.
  static CompletableFuture<@Nullable Object> start(CallLoop loop, Request request) {
    var call = new AsyncCall(loop, loop.begin(request));
    call.begin();
    return call.result;
  }

  private void begin() {
    var ready = loop.ready(progress);
    if (ready == null) {
      goOn(null);
      return;
    }
    route = ready;
    progress.attempt(ready.candidate());
    try {
      long id = loop.send(progress, ready, this);
      sent(() -> {
        ready.channel().cancel(id);
        ready.candidate().ended();
      });
    } catch (CallException e) {
      ready.candidate().ended();
      goOn(new Landing(ready, CallLoop.failed(e), e));
    } catch (RuntimeException | Error e) {
      ready.candidate().ended();
      result.completeExceptionally(e);
    }
  }

  // the answer may have come before the sending thread is here, or the connection ended: then it is
  // this thread's to go on, unless it learns that the attempt could not be sent
  private void sent(Runnable cancel) {
    Outcome came;
    synchronized (this) {
      sent = true;
      came = early;
      stop = came == null ? cancel : null;
    }
    if (came != null) {
      landed(came);
    }
  }

  private void giveUp() {
    var observation = progress.request().observation();
    if (observation != null) {
      observation.failed(Status.CANCELLED);
    }
    Runnable how;
    synchronized (this) {
      givenUp = true;
      how = stop;
      stop = null;
    }
    if (how != null) {
      how.run();
    }
  }

  @Override
  public Deadline due() {
    return progress.deadline();
  }

  @Override
  public boolean received(Frame frame) {
    landed(Outcome.of(frame));
    return true;
  }

  @Override
  public void lost(Outcome.Failed failure) {
    landed(failure);
  }

  private void landed(Outcome outcome) {
    synchronized (this) {
      // the reply and the sweeper may meet here, and a caller who gives up: the first one counts
      if (landed || givenUp) {
        return;
      }
      if (!sent) {
        early = early == null ? outcome : early;
        return;
      }
      landed = true;
      stop = null;
    }
    var from = Objects.requireNonNull(route);
    from.candidate().ended();
    var landing = new Landing(from, outcome, null);
    boolean answered = !(outcome instanceof Outcome.Failed failed) || failed.thrown();
    if (answered && progress.request().inline()) {
      finish(landing);
    } else {
      goOn(landing);
    }
  }

  private synchronized void goOn(@Nullable Landing landing) {
    if (!givenUp) {
      var thread = Thread.startVirtualThread(() -> finish(landing));
      stop = thread::interrupt;
    }
  }

  private void finish(@Nullable Landing landing) {
    try {
      result.complete(loop.finish(progress, landing));
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
  }
}
