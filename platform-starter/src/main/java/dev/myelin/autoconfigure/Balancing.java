package dev.myelin.autoconfigure;

import dev.myelin.Strategy;
import dev.myelin.client.BalanceSettings;
import dev.myelin.client.BalanceSettings.ServiceBalance;
import dev.myelin.client.BudgetSettings;
import dev.myelin.client.pick.EjectionSettings;
import dev.myelin.client.pick.Pickers;
import dev.myelin.contract.DeclaredServices;
import dev.myelin.contract.ServiceContract;
import dev.myelin.contract.ServiceSettings;
import java.util.HashMap;
import java.util.Objects;
import java.util.stream.Stream;

/// How calls are spread over instances, as the properties and the services' attributes say.
///
/// @param myelin properties of services, and the address of this process
/// @param client properties of calls
/// @param declared the services that this process knows by their types
record Balancing(MyelinProperties myelin, ClientProperties client, DeclaredServices declared) {

  BalanceSettings settings() {
    var services = new HashMap<String, ServiceBalance>();
    // a service may be called without its type being here: by the gateway, or over HTTP
    myelin.services().forEach((name, settings) -> services.put(name, untyped(settings)));
    Stream.concat(declared.application().stream(), declared.called().stream())
        .forEach(service -> services.put(service.name(), typed(service)));
    var ejection = client.ejection();
    var budget = client.retryBudget();
    return new BalanceSettings(
        new Pickers(client.slowStart(), myelin.bindAddress()),
        new EjectionSettings(ejection.failures(), ejection.baseTime(), ejection.maxTime()),
        new BudgetSettings(budget.ratio(), budget.floor(), budget.reserve()),
        services,
        others());
  }

  private ServiceBalance typed(ServiceContract service) {
    var settings = myelin.services().getOrDefault(service.name(), ServiceSettings.NONE);
    return new ServiceBalance(
        Objects.requireNonNullElseGet(settings.strategy(), () -> strategy(service)),
        service.attributes().placement().preferredHosts(),
        service.attributes().scaling().highWatermark());
  }

  private ServiceBalance untyped(ServiceSettings settings) {
    return new ServiceBalance(
        Objects.requireNonNullElse(settings.strategy(), general()),
        Objects.requireNonNullElse(settings.placement(), ServiceBalance.DEFAULT.hosts()),
        Objects.requireNonNullElse(settings.highWatermark(), ServiceBalance.DEFAULT.threshold()));
  }

  // calls that change one object at several instances would be in each other's way
  private Strategy strategy(ServiceContract service) {
    return client.strategy() == null && service.ofObjects() ? Strategy.STICKY : general();
  }

  private Strategy general() {
    return Objects.requireNonNullElse(client.strategy(), ServiceBalance.DEFAULT.strategy());
  }

  /// What holds for a service of which nothing is said.
  private ServiceBalance others() {
    return new ServiceBalance(
        general(), ServiceBalance.DEFAULT.hosts(), ServiceBalance.DEFAULT.threshold());
  }

  /// How the instances of a service are chosen that has no strategy of its own.
  Strategy strategy(String service) {
    return declared.find(service).map(this::strategy).orElseGet(this::general);
  }
}
