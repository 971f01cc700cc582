package dev.myelin.server;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers a call with what a future comes to. The call gets its permit back when that has come, or
/// when nobody waits for it any more.
final class ServedFuture {

  private static final Logger LOG = LoggerFactory.getLogger(ServedFuture.class);

  private final ServedCall call;
  private final CompletionStage<?> stage;
  private final AtomicBoolean over = new AtomicBoolean();

  private ServedFuture(ServedCall call, CompletionStage<?> stage) {
    this.call = call;
    this.stage = stage;
  }

  /// Answers when the future has come to something; keeps no thread waiting for it.
  ///
  /// @param result what the operation returned
  /// @return what can be cancelled; null if the operation returned no future
  static @Nullable ServedFuture await(ServedCall call, @Nullable Object result) {
    if (result == null) {
      call.answer()
          .thrown(
              new NullPointerException(
                  "operation '%s' returned null instead of a future".formatted(call.operation())));
      return null;
    }
    var stage = call.operation().contract().result().futureForm().future(result);
    call.hold();
    var future = new ServedFuture(call, stage);
    var _ = stage.whenComplete(future::completed);
    return future;
  }

  private void completed(@Nullable Object value, @Nullable Throwable failure) {
    if (failure == null) {
      call.answer().reply(value);
    } else {
      call.answer()
          .thrown(
              failure instanceof CompletionException && failure.getCause() != null
                  ? failure.getCause()
                  : failure);
    }
    letGo();
  }

  /// Cancels the future; without effect where it has come to something.
  void cancel() {
    if (stage instanceof Future<?> future && !over.get()) {
      try {
        future.cancel(true);
      } catch (UnsupportedOperationException e) {
        LOG.debug("a future cannot be cancelled operation={}", call.operation(), e);
      }
    }
    // one that cannot be cancelled goes on, but holds up nobody
    letGo();
  }

  private void letGo() {
    if (over.compareAndSet(false, true)) {
      call.letGo();
    }
  }
}
