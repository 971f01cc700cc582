package dev.myelin.server;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Answers a call with what a future comes to.
final class ServedFuture {

  private ServedFuture() {}

  /// Answers when the future has come to something; keeps no thread waiting for it.
  static void await(ServedCall call, @Nullable CompletionStage<?> stage) {
    if (stage == null) {
      call.thrown(
          new NullPointerException(
              "operation '%s' returned null instead of a future".formatted(call.operation())));
      return;
    }
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
  }
}
