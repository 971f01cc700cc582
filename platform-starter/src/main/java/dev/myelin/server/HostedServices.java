package dev.myelin.server;

import dev.myelin.contract.ServiceContract;
import java.util.List;
import java.util.function.Supplier;

/// The services that live in this process, fixed at start-up.
///
/// @param services in order of their names
public record HostedServices(List<Hosted> services) {

  /// Copies the services.
  public HostedServices {
    services = List.copyOf(services);
  }

  /// One service and its bean.
  ///
  /// @param contract the service
  /// @param bean gets the bean, creating it if it is lazy
  public record Hosted(ServiceContract contract, Supplier<Object> bean) {}
}
