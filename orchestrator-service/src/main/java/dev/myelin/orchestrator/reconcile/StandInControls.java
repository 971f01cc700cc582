package dev.myelin.orchestrator.reconcile;

import dev.myelin.client.ServiceClients;
import dev.myelin.contract.ServiceContract;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.InstanceControl;
import java.util.function.Supplier;

/// Speaks to processes through the call path.
public final class StandInControls implements InstanceControls {

  private final ServiceClients clients;
  private final Supplier<ServiceContract> contract;

  /// Creates it.
  ///
  /// @param clients makes stand-ins
  /// @param contract of [InstanceControl]; asked for at each use
  public StandInControls(ServiceClients clients, Supplier<ServiceContract> contract) {
    this.clients = clients;
    this.contract = contract;
  }

  @Override
  public InstanceControl at(Endpoint endpoint) {
    return (InstanceControl) clients.standIn(contract.get(), endpoint);
  }
}
