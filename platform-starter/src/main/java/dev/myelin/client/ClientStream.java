package dev.myelin.client;

import dev.myelin.CallException;
import dev.myelin.Deadline;
import dev.myelin.client.pick.Choice;
import dev.myelin.wire.Frame;
import dev.myelin.wire.Payload;
import java.time.Duration;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A subscription to a stream that another process sends.
///
/// Frames go into a queue, which never holds more items than the subscriber asked for; one virtual
/// thread takes them out and calls the subscriber, so that a slow subscriber holds up nobody else.
/// A stream has no deadline; it ends with its publisher, its subscriber or its connection.
final class ClientStream implements PendingCall, Flow.Subscription, Runnable {

  private static final Duration OPEN_ENDED = Duration.ofDays(365);
  private static final Duration OPENING = Duration.ofSeconds(10);

  private final CallLoop loop;
  private final Target target;
  private final Channels channels;
  private final Request request;
  private final Flow.Subscriber<Object> subscriber;
  private final LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final AtomicLong granted = new AtomicLong();
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile @Nullable Open open;

  private record Open(CallChannel channel, long id, RemoteOperation remote) {}

  private sealed interface Event {
    record Next(Payload value) implements Event {}

    record Requested(long items) implements Event {}

    record Completed() implements Event {}

    record Broken(Throwable cause) implements Event {}
  }

  ClientStream(
      CallLoop loop,
      Target target,
      Channels channels,
      Request request,
      Flow.Subscriber<Object> subscriber) {
    this.loop = loop;
    this.target = target;
    this.channels = channels;
    this.request = request;
    this.subscriber = subscriber;
  }

  @Override
  public void run() {
    subscriber.onSubscribe(this);
    try {
      start();
      while (!ended.get()) {
        handle(events.take());
      }
    } catch (InterruptedException | CallException e) {
      finish(e);
    }
  }

  private void start() throws InterruptedException {
    var opening = Deadline.after(OPENING);
    var candidate = target.next(Choice.ANY, opening);
    if (candidate == null) {
      throw new CallException(
          dev.myelin.Status.UNAVAILABLE,
          dev.myelin.Execution.DID_NOT_RUN,
          "No instance of service '%s' took the stream '%s' within %s"
              .formatted(loop.service(), request.operation(), OPENING));
    }
    var channel = channels.channel(candidate.endpoint(), opening);
    var remote = request.resolve(channel, opening);
    long id = channel.start(remote, request, Deadline.after(OPEN_ENDED), this);
    open = new Open(channel, id, remote);
  }

  private void handle(Event event) {
    var to = open;
    if (to == null) {
      return;
    }
    switch (event) {
      case Event.Next(var value) -> next(to, value);
      case Event.Requested(var items) -> {
        granted.accumulateAndGet(
            items, (held, more) -> Math.min(held, Long.MAX_VALUE - more) + more);
        to.channel().credit(to.id(), (int) Math.min(items, Integer.MAX_VALUE));
      }
      case Event.Completed() -> {
        if (ended.compareAndSet(false, true)) {
          subscriber.onComplete();
        }
      }
      case Event.Broken(var cause) -> finish(cause);
    }
  }

  private void next(Open from, Payload value) {
    try {
      var item = request.decode(from.remote(), value);
      if (item != null) {
        subscriber.onNext(item);
      }
    } catch (RuntimeException e) {
      cancelRemote();
      finish(e);
    }
  }

  private void finish(Throwable cause) {
    if (ended.compareAndSet(false, true)) {
      subscriber.onError(cause);
    }
  }

  @Override
  public void request(long items) {
    if (items <= 0) {
      events.add(
          new Event.Broken(
              new IllegalArgumentException("request(%d) is not positive".formatted(items))));
      return;
    }
    events.add(new Event.Requested(items));
  }

  @Override
  public void cancel() {
    if (ended.compareAndSet(false, true)) {
      cancelRemote();
      // wakes the delivering thread, which then ends
      events.add(new Event.Completed());
    }
  }

  private void cancelRemote() {
    var to = open;
    if (to != null) {
      to.channel().cancel(to.id());
    }
  }

  @Override
  public boolean expired() {
    return false;
  }

  @Override
  public boolean received(Frame frame) {
    return switch (frame) {
      case Frame.Item(_, var value) -> {
        // here and not where the subscriber takes it: until then it would be kept
        if (granted.decrementAndGet() < 0) {
          throw UnexpectedFrameException.withoutCredit();
        }
        events.add(new Event.Next(value));
        yield false;
      }
      case Frame.Failure failure -> {
        events.add(new Event.Broken(cause(failure)));
        yield true;
      }
      case Frame.End _ -> {
        events.add(new Event.Completed());
        yield true;
      }
      default -> throw new UnexpectedFrameException(frame, "an item or the end of a stream");
    };
  }

  private Throwable cause(Frame.Failure failure) {
    return failure.exception().length() > 0
        ? request.thrown(failure.exception())
        : new CallException(failure.status(), failure.execution(), failure.detail());
  }

  @Override
  public void lost(Outcome.Failed failure) {
    events.add(
        new Event.Broken(
            new CallException(
                failure.status(),
                failure.execution(),
                "Stream '%s' of service '%s' ended: %s"
                    .formatted(request.operation(), loop.service(), failure.detail()))));
  }
}
