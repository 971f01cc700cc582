package dev.myelin.stream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A declared type whose one value comes later. Immutable.
public interface FutureForm {

  /// At the host: the value to come of what an operation returned.
  ///
  /// @param result what it returned
  CompletionStage<?> future(Object result);

  /// Whether the future stands for work that only this call asked for, so that it is to be
  /// cancelled with the call.
  boolean owned();

  /// At the caller: what the operation returns there.
  ///
  /// @param call starts the call
  Object received(Supplier<CompletableFuture<@Nullable Object>> call);
}
