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
  private boolean ended;

  ServedStream(ServedCall call) {
    this.call = call;
  }

  @Override
  public void onSubscribe(Flow.Subscription to) {
    long items;
    boolean late;
    synchronized (this) {
      subscription = to;
      items = waiting;
      waiting = 0;
      late = ended;
    }
    if (late) {
      to.cancel();
      call.abandoned();
    } else if (items > 0) {
      to.request(items);
    }
  }

  /// More items may be sent. A publisher may emit within `request`, so this runs off the
  /// transport's thread.
  void credit(int items) {
    Flow.Subscription to;
    synchronized (this) {
      to = subscription;
      if (to == null) {
        waiting += items;
        return;
      }
    }
    Thread.startVirtualThread(() -> to.request(items));
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
