package dev.myelin.wire;

import dev.myelin.Microservice;
import dev.myelin.Operation;
import java.time.Duration;

/// Hosted by every process of a cluster, for the core services.
@Microservice(ServiceNames.INSTANCE)
public interface InstanceControl {

  /// Answers with the process's own heartbeat: a health check that takes the call path.
  @Operation(idempotent = true, timeout = "2s")
  Heartbeat check();

  /// Starts a drain: new calls are refused from now on, those in flight finish, then the process
  /// ends. Returns at once.
  ///
  /// @param limit calls still running after it are cancelled
  @Operation(idempotent = true, timeout = "5s")
  void drain(Duration limit);

  /// Describes the application this process was built from.
  @Operation(idempotent = true, timeout = "5s")
  ApplicationDescription describe();
}
