package dev.myelin.client;

import dev.myelin.CallException;
import dev.myelin.Deadline;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.client.StreamEvents.Event;
import dev.myelin.wire.Frame;
import dev.myelin.wire.Payload;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A subscription to a stream that another process sends.
///
/// Frames go into [StreamEvents]; one virtual thread takes them out and calls the subscriber, so
/// that a slow subscriber holds up its sender and nobody else. Opening the stream is a call like
/// others: it has the operation's deadline, and is repeated where it did not run. After that a
/// stream has no deadline; it ends with its publisher, its subscriber or its connection.
final class ClientStream implements PendingCall, Flow.Subscription, Runnable {

  private final CallProgress progress;
  private final CallLoop loop;
  private final Channels channels;
  private final Request request;
  private final Flow.Subscriber<Object> subscriber;
  private final StreamEvents events = new StreamEvents();
  private final CompletableFuture<Opening> opening = new CompletableFuture<>();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final Demand demand = new Demand();
  private volatile boolean opened;
  private volatile @Nullable Open open;

  private record Open(CallLoop.Route route, long id) {}

  private sealed interface Opening {
    record Done(Payload header) implements Opening {}

    record Thrown(Payload exception) implements Opening {}
  }

  ClientStream(
      CallProgress progress, CallLoop loop, Channels channels, Flow.Subscriber<Object> subscriber) {
    this.progress = progress;
    this.loop = loop;
    this.channels = channels;
    this.request = progress.request();
    this.subscriber = subscriber;
  }

  /// Waits until the stream is open, on the thread that called the operation.
  ///
  /// @return its header
  /// @throws Throwable what the operation threw, or [CallException]
  Payload awaitOpened() throws Throwable {
    try {
      return switch (opening.get()) {
        case Opening.Done(var header) -> header;
        case Opening.Thrown(var exception) -> throw request.thrown(exception);
      };
    } catch (ExecutionException e) {
      throw e.getCause() == null ? e : e.getCause();
    } catch (InterruptedException e) {
      cancel();
      Thread.currentThread().interrupt();
      throw progress.interrupted(e);
    }
  }

  @Override
  public void run() {
    subscriber.onSubscribe(this);
    try {
      attempt();
      while (!ended.get()) {
        handle(events.take());
      }
    } catch (InterruptedException e) {
      finish(progress.interrupted(e));
    } catch (CallException e) {
      finish(e);
    }
  }

  // until one could be sent
  private void attempt() throws InterruptedException {
    while (!ended.get()) {
      var candidate = loop.target().next(progress, progress.deadline());
      if (candidate == null) {
        throw progress.nobody();
      }
      progress.attempt(candidate);
      try {
        var channel =
            channels.channel(candidate.endpoint(), progress.deadline(), loop.target().balanced());
        var remote = request.resolve(channel, progress.deadline());
        var route = new CallLoop.Route(candidate, channel, remote);
        long id = loop.send(progress, route, this);
        open = new Open(route, id);
        // who cancelled before found nothing that could be cancelled at the instance
        if (ended.get()) {
          cancelRemote();
        }
        grant();
        return;
      } catch (CallException e) {
        candidate.ended();
        again(CallLoop.failed(e), e);
      }
    }
  }

  private void again(Outcome.Failed failed, @Nullable CallException cause)
      throws InterruptedException {
    progress.judge(failed);
    if (!progress.mayRepeat(failed)) {
      throw progress.failure(failed, cause);
    }
    progress.pause();
    if (progress.deadline().expired()) {
      throw progress.failure(failed, cause);
    }
  }

  private void handle(Event event) throws InterruptedException {
    switch (event) {
      case Event.Opened(var header) -> opened(header);
      case Event.Next(var value) -> next(value);
      case Event.Requested(var items) -> {
        demand.add(items);
        grant();
      }
      case Event.Completed() -> {
        if (ended.compareAndSet(false, true)) {
          opened(Payload.EMPTY);
          subscriber.onComplete();
        }
      }
      case Event.Failed(var failure, var lost) -> failed(failure, lost);
      case Event.Refused(var cause) -> {
        cancelRemote();
        finish(cause);
      }
    }
  }

  private void opened(Payload header) {
    if (opened) {
      return;
    }
    opened = true;
    progress.answered();
    release();
    opening.complete(new Opening.Done(header));
  }

  private void release() {
    var to = open;
    if (to != null) {
      to.route().candidate().ended();
    }
  }

  private void grant() {
    var to = open;
    int items = to == null ? 0 : demand.grant();
    if (to != null && items > 0) {
      events.granted(items);
      to.route().channel().credit(to.id(), items);
    }
  }

  private void next(Payload value) {
    var from = open;
    if (from == null) {
      return;
    }
    opened(Payload.EMPTY);
    demand.taken();
    try {
      subscriber.onNext(request.decode(from.route().remote(), value));
      grant();
    } catch (RuntimeException e) {
      cancelRemote();
      finish(e);
    }
  }

  private void failed(Outcome.Failed failure, boolean lost) throws InterruptedException {
    if (opened) {
      finish(cause(failure, lost));
      return;
    }
    release();
    open = null;
    if (failure.thrown()) {
      opening.complete(new Opening.Thrown(failure.exception()));
      finish(request.thrown(failure.exception()));
      return;
    }
    again(failure, null);
    demand.forget();
    events.restart();
    attempt();
  }

  private Throwable cause(Outcome.Failed failure, boolean lost) {
    if (failure.thrown()) {
      return request.thrown(failure.exception());
    }
    return new CallException(
        failure.status(),
        lost ? failure.execution() : Execution.RAN,
        "Stream '%s' of service '%s' ended: %s"
            .formatted(request.operation(), loop.service(), failure.detail()));
  }

  private void finish(Throwable cause) {
    opening.completeExceptionally(cause);
    if (ended.compareAndSet(false, true)) {
      subscriber.onError(cause);
    }
  }

  @Override
  public void request(long items) {
    events.add(
        items > 0
            ? new Event.Requested(items)
            : new Event.Refused(
                new IllegalArgumentException("request(%d) is not positive".formatted(items))));
  }

  @Override
  public void cancel() {
    if (ended.compareAndSet(false, true)) {
      opening.completeExceptionally(
          new CallException(
              Status.CANCELLED,
              Execution.MAY_HAVE_RUN,
              "the stream was cancelled while it opened"));
      cancelRemote();
      // wakes the delivering thread, which then ends
      events.add(new Event.Completed());
    }
  }

  private void cancelRemote() {
    var to = open;
    if (to != null) {
      to.route().channel().cancel(to.id());
    }
  }

  @Override
  public @Nullable Deadline due() {
    return opened ? null : progress.deadline();
  }

  @Override
  public boolean received(Frame frame) {
    return events.received(frame);
  }

  @Override
  public void lost(Outcome.Failed failure) {
    events.add(new Event.Failed(failure, true));
  }
}
