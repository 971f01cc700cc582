package dev.myelin.contract;

import java.util.List;
import java.util.Optional;

/// The services that this process knows, fixed at start-up: those that the application declares and
/// those that it only calls, wherever they are hosted.
///
/// @param application declared by beans of the application, in order of their names
/// @param called known by their interface alone, the platform's among them, in order of their names
public record DeclaredServices(List<ServiceContract> application, List<ServiceContract> called) {

  /// Copies the lists.
  public DeclaredServices {
    application = List.copyOf(application);
    called = List.copyOf(called);
  }

  /// The contract of a service; empty if this process does not know it.
  ///
  /// @param name name of the service
  public Optional<ServiceContract> find(String name) {
    return application.stream()
        .filter(contract -> contract.name().equals(name))
        .findFirst()
        .or(() -> called.stream().filter(contract -> contract.name().equals(name)).findFirst());
  }
}
