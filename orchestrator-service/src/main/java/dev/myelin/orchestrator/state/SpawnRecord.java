package dev.myelin.orchestrator.state;

import dev.myelin.orchestrator.deploy.ProcessKey;
import dev.myelin.wire.InstanceId;

/// One process that an orchestrator started or adopted, as it is stored.
///
/// @param id its identity
/// @param service name of the service it hosts; [dev.myelin.wire.ServiceNames#FRONT] for a front
/// @param process which process
/// @param epoch epoch of the lease under which it was started or adopted
/// @param version name of the application's version that it runs; empty where it has none
public record SpawnRecord(
    InstanceId id, String service, ProcessKey process, long epoch, String version) {

  /// Takes an absent version for none.
  public SpawnRecord {
    version = version == null ? "" : version;
  }

  /// A process without a version.
  ///
  /// @param id its identity
  /// @param service name of the service it hosts
  /// @param process which process
  /// @param epoch epoch of the lease
  public SpawnRecord(InstanceId id, String service, ProcessKey process, long epoch) {
    this(id, service, process, epoch, "");
  }
}
