package dev.myelin.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.stream.StreamForm;
import dev.myelin.wire.codec.UncarriableValueException;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// Sends what a publisher emits, as far as the other side has given credit. Thread-safe.
final class ServedStream implements Flow.Subscriber<Object> {

  private final ServedCall call;
  private final ServedAnswer answer;

  @GuardedBy("this")
  private Flow.@Nullable Subscription subscription;

  @GuardedBy("this")
  private long waiting;

  @GuardedBy("this")
  private boolean requesting;

  @GuardedBy("this")
  private boolean ended;

  ServedStream(ServedCall call, ServedAnswer answer) {
    this.call = call;
    this.answer = answer;
  }

  /// Sends what the operation returned.
  void open(@Nullable Object result) {
    StreamForm.Source source;
    try {
      source = call.operation().contract().result().streamForm().source(result);
    } catch (Exception e) {
      answer.thrown(e);
      return;
    }
    call.hold();
    call.opened(source.header());
    subscribe(source.items());
  }

  @SuppressWarnings(
      "unchecked") // a subscriber to anything may subscribe to a publisher of something
  private void subscribe(Flow.Publisher<?> publisher) {
    ((Flow.Publisher<Object>) publisher).subscribe(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription to) {
    boolean late;
    synchronized (this) {
      subscription = to;
      requesting = true;
      late = ended;
    }
    if (late) {
      to.cancel();
      call.letGo();
    } else {
      request(to);
    }
  }

  /// More items may be sent. A publisher may emit within `request`, so this runs off the
  /// transport's thread; on one thread at a time, however often the other side sends credit.
  void credit(int items) {
    Flow.Subscription to;
    synchronized (this) {
      waiting = Math.min(waiting, Long.MAX_VALUE - items) + items;
      to = subscription;
      if (to == null || requesting) {
        return;
      }
      requesting = true;
    }
    Thread.startVirtualThread(() -> request(to));
  }

  private void request(Flow.Subscription to) {
    for (long items = takeWaiting(); items > 0; items = takeWaiting()) {
      to.request(items);
    }
  }

  private synchronized long takeWaiting() {
    long items = waiting;
    waiting = 0;
    requesting = items > 0;
    return items;
  }

  /// The other side no longer listens.
  void cancel() {
    Flow.Subscription to;
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      to = subscription;
    }
    // without one, the publisher is yet to come, and onSubscribe cancels it
    if (to != null) {
      // what is closed then is the application's, and may take its time
      Thread.startVirtualThread(to::cancel);
      call.letGo();
    }
  }

  @Override
  public void onNext(@Nullable Object item) {
    if (answer.given()) {
      return;
    }
    try {
      answer.item(item);
    } catch (UncarriableValueException | CallException e) {
      answer.fail(
          Status.INVALID_ARGUMENT, Execution.RAN, "an item cannot be sent: " + e.getMessage());
      call.cancel();
    }
  }

  @Override
  public void onError(Throwable failure) {
    if (end()) {
      answer.thrown(failure);
      call.letGo();
    }
  }

  @Override
  public void onComplete() {
    if (end()) {
      answer.end();
      call.letGo();
    }
  }

  private synchronized boolean end() {
    boolean first = !ended;
    ended = true;
    return first;
  }
}
