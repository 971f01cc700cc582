package dev.myelin.autoconfigure;

import dev.myelin.Strategy;
import dev.myelin.client.Balance;
import dev.myelin.client.NetworkClients;
import dev.myelin.client.pick.Roster;
import dev.myelin.wire.InstanceState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/// The actuator endpoint `myelin`: the services that this process calls, and who of their instances
/// it would choose.
@Endpoint(id = "myelin")
final class MyelinEndpoint {

  private final NetworkClients clients;
  private final RunningStrategies strategies;

  MyelinEndpoint(NetworkClients clients, RunningStrategies strategies) {
    this.clients = clients;
    this.strategies = strategies;
  }

  /// How the calls of a service are spread.
  ///
  /// @param strategy how an instance is chosen
  /// @param retries how many retries the budget has now
  /// @param instances in order of their ids
  record ServiceDescriptor(Strategy strategy, int retries, List<InstanceDescriptor> instances) {}

  /// An instance as this process sees it.
  ///
  /// @param id its identity
  /// @param endpoint where it takes calls
  /// @param state what membership says of it
  /// @param chosen whether it may be chosen now
  /// @param named whether the orchestrator has named it
  /// @param ejected whether this process leaves it out, for giving it no answers
  /// @param inFlight calls of this process that are there
  record InstanceDescriptor(
      String id,
      String endpoint,
      InstanceState state,
      boolean chosen,
      boolean named,
      boolean ejected,
      int inFlight) {}

  /// All services, by name.
  @ReadOperation
  Map<String, ServiceDescriptor> services() {
    var services = new TreeMap<String, ServiceDescriptor>();
    clients.balances().forEach(balance -> services.put(balance.service(), describe(balance)));
    return services;
  }

  /// One service; null if this process does not call it.
  @ReadOperation
  @Nullable ServiceDescriptor service(@Selector String service) {
    return clients.balances().stream()
        .filter(balance -> balance.service().equals(service))
        .findFirst()
        .map(MyelinEndpoint::describe)
        .orElse(null);
  }

  /// Chooses the instances of a service by another strategy, until the process ends.
  @WriteOperation
  void use(@Selector String service, Strategy strategy) {
    if (service(service) == null) {
      throw refused("This process does not call a service '%s'".formatted(service));
    }
    try {
      strategies.use(service, strategy);
    } catch (IllegalArgumentException e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  private static InvalidEndpointRequestException refused(String reason) {
    return new InvalidEndpointRequestException(reason, reason);
  }

  private static ServiceDescriptor describe(Balance balance) {
    return new ServiceDescriptor(
        balance.strategy(),
        balance.retries(),
        balance.standings().stream().map(MyelinEndpoint::describe).toList());
  }

  private static InstanceDescriptor describe(Roster.Standing standing) {
    var candidate = standing.candidate();
    return new InstanceDescriptor(
        candidate.id().value(),
        candidate.endpoint().toString(),
        standing.state(),
        standing.chosen(),
        standing.named(),
        standing.ejected(),
        candidate.inFlight());
  }
}
