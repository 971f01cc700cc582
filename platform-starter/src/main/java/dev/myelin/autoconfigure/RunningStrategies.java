package dev.myelin.autoconfigure;

import dev.myelin.Strategy;
import dev.myelin.client.NetworkClients;
import dev.myelin.contract.DeclaredServices;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.env.Environment;

/// Changes how the instances of services are chosen while the process runs. Thread-safe.
final class RunningStrategies {

  private static final Logger LOG = LoggerFactory.getLogger(RunningStrategies.class);
  private static final ConfigurationPropertyName SERVICES =
      ConfigurationPropertyName.of("myelin.services");

  private static final int SERVICE = SERVICES.getNumberOfElements();

  private final NetworkClients clients;
  private final DeclaredServices declared;
  private final Balancing balancing;

  RunningStrategies(NetworkClients clients, Balancing balancing) {
    this.clients = clients;
    this.declared = balancing.declared();
    this.balancing = balancing;
  }

  /// Chooses the instances of a service by another strategy from now on.
  ///
  /// @throws IllegalArgumentException if that is sticky and no call of the service can have a key
  void use(String service, Strategy strategy) {
    if (strategy == Strategy.STICKY && keyless(service)) {
      throw new IllegalArgumentException(
          "Service '%s' cannot be sticky: no operation has a parameter with @StickyKey; mark one, or choose another strategy"
              .formatted(service));
    }
    var before = clients.balance(service).strategy();
    clients.use(service, strategy);
    LOG.info("service={} strategy={} before={}", service, strategy, before);
  }

  private boolean keyless(String service) {
    return declared.find(service).filter(contract -> !contract.keyed()).isPresent();
  }

  /// Takes over the property `myelin.services.<name>.strategy` of each service of which it has
  /// changed; what cannot be used is logged and changes nothing.
  ///
  /// @param changed names of the properties that have changed
  /// @param environment where their values are
  void refresh(Set<String> changed, Environment environment) {
    changed.stream()
        .map(key -> ConfigurationPropertyName.adapt(key, '.'))
        .filter(RunningStrategies::ofAService)
        .distinct()
        .sorted()
        .forEach(property -> refresh(property, environment));
  }

  private void refresh(ConfigurationPropertyName property, Environment environment) {
    var service = property.getElement(SERVICE, Form.DASHED);
    try {
      use(
          service,
          Binder.get(environment)
              .bind(property, Bindable.of(Strategy.class))
              .orElseGet(() -> balancing.strategy(service)));
    } catch (BindException | IllegalArgumentException e) {
      LOG.warn(
          "Property '{}' has changed to '{}', which is not used; {} stays: {}",
          property,
          environment.getProperty(property.toString()),
          clients.balance(service).strategy(),
          String.valueOf(e.getMessage()));
    }
  }

  private static boolean ofAService(ConfigurationPropertyName name) {
    return name.getNumberOfElements() == SERVICE + 2
        && SERVICES.isAncestorOf(name)
        && name.getLastElement(Form.UNIFORM).equals("strategy");
  }
}
