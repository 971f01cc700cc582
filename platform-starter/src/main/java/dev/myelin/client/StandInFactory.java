package dev.myelin.client;

import dev.myelin.contract.ServiceContract;

/// Makes objects of a service's type whose operations go to an invoker. Thread-safe.
public interface StandInFactory {

  /// Creates a stand-in. No constructor and no initializer of the service's class runs.
  ///
  /// `equals`, `hashCode` and `toString` are the stand-in's own; `toString` names the service.
  ///
  /// @param contract the service
  /// @param invoker what its operations do
  /// @throws IllegalArgumentException if the type is final, or an operation is; the message names
  ///   the type and the remedy
  Object create(ServiceContract contract, CallInvoker invoker);
}
