package dev.myelin.autoconfigure;

import dev.myelin.Hosting;
import dev.myelin.wire.Role;
import dev.myelin.wire.ServiceNames;
import java.util.Optional;

/// What a process is in its cluster, told from what it hosts for others.
final class ProcessRole {

  private ProcessRole() {}

  /// The role; empty in-process, where there is no cluster.
  ///
  /// @param hosting what the process hosts
  static Optional<Role> of(Hosting hosting) {
    if (!hosting.remote()) {
      return Optional.empty();
    }
    if (hosting.front()) {
      return Optional.of(Role.FRONT);
    }
    return hosting.services().stream().allMatch(ServiceNames::reserved)
        ? Optional.of(Role.CORE)
        : Optional.of(Role.INSTANCE);
  }

  /// Whether the bean of a service lives in a process.
  ///
  /// @param hosting what the process hosts
  /// @param service name of the service
  static boolean hosts(Hosting hosting, String service) {
    return hosting.hosts(service) || service.equals(ServiceNames.INSTANCE);
  }
}
