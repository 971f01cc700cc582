package dev.myelin.stethoscope.vitals;

import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import java.util.concurrent.CompletableFuture;

/// Carries out what is to be done about an instance. Called by tasks of the [Ward]'s scheduler, in
/// the order of the verdicts; must not block.
public interface Measures {

  /// Asks an instance how it is.
  ///
  /// @param instance whom to ask
  /// @return its answer; fails if there is none in time
  CompletableFuture<Heartbeat> ask(Instance instance);

  /// Announces that an instance is suspect, until that is known or taken back.
  ///
  /// @param id which instance
  /// @param reason why, for people
  void quarantine(InstanceId id, String reason);

  /// Announces that an instance is well, until that is known or taken back.
  ///
  /// @param id which instance
  /// @param reason why, for people
  void release(InstanceId id, String reason);

  /// Flags an instance to die.
  ///
  /// @param id which instance
  /// @param reason why, for people
  /// @return completes when the orchestrator has taken the flag; fails if it has not
  CompletableFuture<?> flag(InstanceId id, String reason);

  /// Announces nothing more about an instance: it is gone.
  ///
  /// @param id which instance
  void forget(InstanceId id);
}
