package dev.myelin.stream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Publishes what a future comes to; each subscription starts one of its own.
///
/// @param start starts it
record FuturePublisher(Supplier<CompletableFuture<@Nullable Object>> start)
    implements Flow.Publisher<Object> {

  @Override
  public void subscribe(Flow.Subscriber<? super Object> subscriber) {
    subscriber.onSubscribe(new Started(start, subscriber));
  }

  private static final class Started implements Flow.Subscription {

    private final Supplier<CompletableFuture<@Nullable Object>> start;
    private final Flow.Subscriber<? super Object> subscriber;
    private @Nullable CompletableFuture<@Nullable Object> future;
    private boolean over;

    Started(
        Supplier<CompletableFuture<@Nullable Object>> start,
        Flow.Subscriber<? super Object> subscriber) {
      this.start = start;
      this.subscriber = subscriber;
    }

    @Override
    public void request(long items) {
      CompletableFuture<@Nullable Object> started;
      synchronized (this) {
        if (over || future != null) {
          return;
        }
        try {
          started = start.get();
        } catch (RuntimeException e) {
          started = CompletableFuture.failedFuture(e);
        }
        future = started;
      }
      var _ = started.whenComplete(this::completed);
    }

    private void completed(@Nullable Object value, @Nullable Throwable failure) {
      synchronized (this) {
        if (over) {
          return;
        }
        over = true;
      }
      if (failure != null) {
        boolean wrapped = failure instanceof CompletionException && failure.getCause() != null;
        subscriber.onError(wrapped ? failure.getCause() : failure);
        return;
      }
      if (value != null) {
        subscriber.onNext(value);
      }
      subscriber.onComplete();
    }

    @Override
    public void cancel() {
      CompletableFuture<@Nullable Object> started;
      synchronized (this) {
        over = true;
        started = future;
      }
      if (started != null) {
        started.cancel(true);
      }
    }
  }
}
