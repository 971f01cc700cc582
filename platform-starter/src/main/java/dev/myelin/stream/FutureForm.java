package dev.myelin.stream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A declared type whose one value comes later. Immutable.
public interface FutureForm {

  /// At the host: the value to come of what an operation returned. It is cancelled with the call.
  ///
  /// @param result what it returned
  CompletionStage<?> future(Object result);

  /// At the caller: what the operation returns there.
  ///
  /// @param call starts the call
  Object received(Supplier<CompletableFuture<@Nullable Object>> call);
}
