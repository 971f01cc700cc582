package dev.myelin.client;

import dev.myelin.contract.ServiceContract;

/// Calls the operations of services without a stand-in for them. Thread-safe.
@FunctionalInterface
public interface OperationCalls {

  /// What calls the operations of a service, each call balanced over its instances. Never blocks
  /// and needs no connection.
  ///
  /// @param contract the service
  CallInvoker invoker(ServiceContract contract);
}
