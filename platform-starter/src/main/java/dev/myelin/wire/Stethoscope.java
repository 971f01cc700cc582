package dev.myelin.wire;

import dev.myelin.Microservice;
import dev.myelin.Operation;
import java.util.List;

/// Hears heartbeats and judges the health of instances.
@Microservice(ServiceNames.STETHOSCOPE)
public interface Stethoscope {

  /// Takes a heartbeat. The timeout leaves the next one time to go to another stethoscope before it
  /// is due.
  ///
  /// @param heartbeat the caller's
  @Operation(idempotent = true, timeout = "900ms")
  void beat(Heartbeat heartbeat);

  /// What is known of every instance that this stethoscope watches, in order of their ids. Others
  /// watch the others: whoever wants to know all asks each stethoscope.
  @Operation(idempotent = true, timeout = "5s")
  List<Reading> readings();

  /// Asks an instance that another stethoscope cannot hear, and says what came of it.
  ///
  /// @param instance whom to ask
  @Operation(idempotent = true, timeout = "3s")
  Opinion opinion(Instance instance);

  /// Whether this stethoscope listens; what the others know each other to be alive by.
  @Operation(idempotent = true, timeout = "1s")
  boolean listening();
}
