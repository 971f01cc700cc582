package dev.myelin.gateway.external;

import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.Endpoint;

/// Asks a process what it was built from. Thread-safe; blocks until the answer is there.
@FunctionalInterface
public interface InstanceDescriptions {

  /// Asks one process.
  ///
  /// @param endpoint where the process takes calls
  /// @throws dev.myelin.CallException if it does not answer
  ApplicationDescription describe(Endpoint endpoint);
}
