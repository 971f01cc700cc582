package dev.myelin.wire;

import dev.myelin.Microservice;
import dev.myelin.Operation;
import java.util.List;
import java.util.Optional;

/// Keeps desired and observed instances equal.
@Microservice(ServiceNames.ORCHESTRATOR)
public interface Orchestrator {

  /// The cluster as it is now.
  @Operation(idempotent = true, timeout = "5s")
  ClusterView cluster();

  /// Flags an instance to die: it is killed and replaced. Refused where it is not the
  /// orchestrator's to kill or gone, where too few stethoscopes voted for it, while too many are
  /// suspect, and beyond the number that may be killed in a minute.
  ///
  /// @param flag which instance, and who wants it dead
  /// @return whether it is going to be killed; one that was refused has to be flagged again
  @Operation(idempotent = true, timeout = "5s")
  Flag.Answer flag(Flag flag);

  /// Begins to replace an application's version by that of another jar, one instance after the
  /// other. The jar is run to ask it for its services, which takes some seconds; the replacement
  /// itself is not waited for.
  ///
  /// @param application name of the application
  /// @param jar path of the jar, which is copied
  @Operation(timeout = "180s")
  RolloutAnswer rollOut(String application, String jar);

  /// Undoes the replacement that is under way.
  ///
  /// @param application name of the application
  /// @param reason why, for people
  @Operation(idempotent = true, timeout = "5s")
  RolloutAnswer rollBack(String application, String reason);

  /// The application, its version, and the replacement of that.
  ///
  /// @return empty until an orchestrator has acted
  @Operation(idempotent = true, timeout = "5s")
  Optional<ApplicationView> application();

  /// The last retirements, the newest first.
  @Operation(idempotent = true, timeout = "5s")
  List<RetirementView> retirements();

  /// The last scaling decisions, the newest first.
  @Operation(idempotent = true, timeout = "5s")
  List<ScalingDecision> decisions();

  /// Says that a service is called and has no instance: one that nobody called gets one. Without
  /// effect on others.
  ///
  /// @param service name of the service
  @Operation(idempotent = true, timeout = "5s")
  void demand(String service);

  /// Takes what an instance says of its drain, as the last thing it says.
  ///
  /// @param report the instance's own figures
  @Operation(idempotent = true, timeout = "5s")
  void drained(DrainReport report);
}
