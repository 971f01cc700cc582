package dev.myelin.client;

import dev.myelin.contract.OperationContract;
import org.jspecify.annotations.Nullable;

/// What a stand-in does with a call of one of its operations. Thread-safe.
@FunctionalInterface
public interface CallInvoker {

  /// Runs the call.
  ///
  /// @param operation what is called
  /// @param arguments one a parameter; never null itself
  /// @return the result, a future or a publisher, as the operation declares
  /// @throws Throwable what the operation threw, or [dev.myelin.CallException]
  @Nullable Object invoke(OperationContract operation, @Nullable Object[] arguments)
      throws Throwable;
}
