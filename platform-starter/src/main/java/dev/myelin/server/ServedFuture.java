package dev.myelin.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// Answers a call with what a future comes to.
final class ServedFuture {

  private ServedFuture() {}

  /// Answers when the future has come to something; keeps no thread waiting for it.
  ///
  /// @param result what the operation returned
  /// @return gives up the work that only this call asked for
  static Runnable await(ServedCall call, @Nullable Object result) {
    if (result == null) {
      call.thrown(
          new NullPointerException(
              "operation '%s' returned null instead of a future".formatted(call.operation())));
      return () -> {};
    }
    var form = call.operation().contract().result().futureForm();
    var stage = form.future(result);
    call.hold();
    var _ =
        stage.whenComplete((value, failure) -> {
          if (failure == null) {
            call.reply(value);
          } else {
            call.thrown(
                failure instanceof CompletionException && failure.getCause() != null
                    ? failure.getCause()
                    : failure);
          }
          call.letGo();
        });
    return form.owned() && stage instanceof CompletableFuture<?> own
        ? () -> own.cancel(true)
        : () -> {};
  }
}
