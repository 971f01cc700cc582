package dev.myelin.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// Sends what a publisher emits, as far as the other side has given credit. Thread-safe.
final class ServedStream implements Flow.Subscriber<Object> {

  private final ServedCall call;

  @GuardedBy("this")
  private Flow.@Nullable Subscription subscription;

  @GuardedBy("this")
  private long waiting;

  @GuardedBy("this")
  private boolean requesting;

  @GuardedBy("this")
  private boolean ended;

  ServedStream(ServedCall call) {
    this.call = call;
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
      call.abandoned();
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
      to.cancel();
      call.abandoned();
    }
  }

  @Override
  public void onNext(Object item) {
    call.item(item);
  }

  @Override
  public void onError(Throwable failure) {
    if (end()) {
      call.end(failure);
    }
  }

  @Override
  public void onComplete() {
    if (end()) {
      call.end(null);
    }
  }

  private synchronized boolean end() {
    boolean first = !ended;
    ended = true;
    return first;
  }
}
