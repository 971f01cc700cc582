package dev.myelin.server;

import dev.myelin.contract.OperationContract;
import org.jspecify.annotations.Nullable;

/// A bean that runs the operations of its service itself, instead of having a method for each.
/// Thread-safe.
@FunctionalInterface
public interface OperationRunner {

  /// Runs an operation.
  ///
  /// @param operation one of the service's
  /// @param arguments one for each of the contract's parameters
  /// @return the result, as the operation declares it
  /// @throws Throwable what the operation throws
  @Nullable Object run(OperationContract operation, @Nullable Object[] arguments) throws Throwable;
}
