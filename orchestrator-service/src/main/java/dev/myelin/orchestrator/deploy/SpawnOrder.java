package dev.myelin.orchestrator.deploy;

import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Role;
import java.util.List;

/// One process to be started.
///
/// @param id identity it will register with
/// @param role what it is to be
/// @param services names of the services it hosts; none for a front
/// @param epoch epoch of the lease under which it is ordered
public record SpawnOrder(InstanceId id, Role role, List<String> services, long epoch) {

  /// Copies the names.
  public SpawnOrder {
    services = List.copyOf(services);
  }
}
