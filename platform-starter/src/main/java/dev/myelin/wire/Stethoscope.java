package dev.myelin.wire;

import dev.myelin.Microservice;
import dev.myelin.Operation;
import java.util.List;

/// Hears heartbeats and judges the health of instances.
@Microservice(ServiceNames.STETHOSCOPE)
public interface Stethoscope {

  /// Takes a heartbeat. The timeout is the time until the next one is due.
  ///
  /// @param heartbeat the caller's
  @Operation(idempotent = true, timeout = "1s")
  void beat(Heartbeat heartbeat);

  /// What is known of every watched instance, in order of their ids.
  @Operation(idempotent = true, timeout = "5s")
  List<Reading> readings();
}
