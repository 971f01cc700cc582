package dev.myelin.orchestrator.deploy;

import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Role;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One process to be started.
///
/// @param id identity it will register with
/// @param role what it is to be
/// @param services names of the services it hosts; none for a front
/// @param epoch epoch of the lease under which it is ordered
/// @param version which version of the application
public record SpawnOrder(
    InstanceId id, Role role, List<String> services, long epoch, Version version) {

  /// A version of the application.
  ///
  /// @param name its name; empty where the process has no version
  /// @param jar its jar; null for the one that the cluster was started with
  public record Version(String name, @Nullable Path jar) {

    /// What has no version of its own.
    public static final Version NONE = new Version("", null);
  }

  /// Copies the names.
  public SpawnOrder {
    services = List.copyOf(services);
  }

  /// A process without a version of its own.
  ///
  /// @param id identity it will register with
  /// @param role what it is to be
  /// @param services names of the services it hosts
  /// @param epoch epoch of the lease under which it is ordered
  public SpawnOrder(InstanceId id, Role role, List<String> services, long epoch) {
    this(id, role, services, epoch, Version.NONE);
  }
}
