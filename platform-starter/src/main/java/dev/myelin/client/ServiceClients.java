package dev.myelin.client;

import dev.myelin.contract.ServiceContract;
import dev.myelin.wire.Endpoint;

/// Makes the objects on which services that live elsewhere are called. Thread-safe.
public interface ServiceClients {

  /// A stand-in for a service: an instance of its type whose operations are calls, each balanced
  /// over the service's instances. Never blocks and needs no connection.
  ///
  /// @param contract the service
  Object standIn(ServiceContract contract);

  /// A stand-in whose calls go to one endpoint and nowhere else.
  ///
  /// @param contract the service
  /// @param endpoint where to
  Object standIn(ServiceContract contract, Endpoint endpoint);
}
