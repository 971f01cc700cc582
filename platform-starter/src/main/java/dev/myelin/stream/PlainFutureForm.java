package dev.myelin.stream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A future of the JDK.
final class PlainFutureForm implements FutureForm {

  @Override
  public CompletionStage<?> future(Object result) {
    if (result instanceof CompletionStage<?> stage) {
      return stage;
    }
    var future = (Future<?>) result;
    var later = new CompletableFuture<@Nullable Object>();
    // a plain future tells nobody when it is done, so somebody has to wait for it
    Thread.startVirtualThread(() -> forward(future, later));
    return later;
  }

  private static void forward(Future<?> future, CompletableFuture<@Nullable Object> later) {
    try {
      later.complete(future.get());
    } catch (ExecutionException e) {
      later.completeExceptionally(e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException | RuntimeException e) {
      later.completeExceptionally(e);
    }
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // it is what the operation returns
  public Object received(Supplier<CompletableFuture<@Nullable Object>> call) {
    return call.get();
  }
}
