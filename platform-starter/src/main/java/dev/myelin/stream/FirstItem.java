package dev.myelin.stream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// The first item of a publisher, null if there is none; cancelling it cancels the subscription.
final class FirstItem extends CompletableFuture<@Nullable Object>
    implements Flow.Subscriber<Object> {

  private volatile Flow.@Nullable Subscription subscription;

  @Override
  public void onSubscribe(Flow.Subscription to) {
    subscription = to;
    if (isDone()) {
      to.cancel();
    } else {
      to.request(1);
    }
  }

  @Override
  public void onNext(Object item) {
    complete(item);
  }

  @Override
  public void onError(Throwable failure) {
    completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    complete(null);
  }

  @Override
  public boolean cancel(boolean mayInterrupt) {
    boolean cancelled = super.cancel(mayInterrupt);
    var to = subscription;
    if (cancelled && to != null) {
      to.cancel();
    }
    return cancelled;
  }

  // what is derived from it is nobody's subscription
  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new CompletableFuture<>();
  }
}
