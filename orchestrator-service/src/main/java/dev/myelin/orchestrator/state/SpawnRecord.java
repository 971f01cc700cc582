package dev.myelin.orchestrator.state;

import dev.myelin.orchestrator.deploy.ProcessKey;
import dev.myelin.wire.InstanceId;

/// One process that an orchestrator started or adopted, as it is stored.
///
/// @param id its identity
/// @param service name of the service it hosts; [dev.myelin.wire.ServiceNames#FRONT] for a front
/// @param process which process
/// @param epoch epoch of the lease under which it was started or adopted
public record SpawnRecord(InstanceId id, String service, ProcessKey process, long epoch) {}
