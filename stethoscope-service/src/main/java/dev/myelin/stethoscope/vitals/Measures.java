package dev.myelin.stethoscope.vitals;

import dev.myelin.wire.Flag;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Opinion;
import java.util.concurrent.CompletableFuture;

/// Carries out what is to be done about an instance. Called by tasks of the [Ward]'s scheduler, in
/// the order of the verdicts; must not block.
public interface Measures {

  /// Asks an instance how it is.
  ///
  /// @param instance whom to ask
  /// @return its answer; fails if there is none in time
  CompletableFuture<Heartbeat> ask(Instance instance);

  /// Asks another stethoscope what it thinks of an instance.
  ///
  /// @param second the process of the other one
  /// @param instance about whom
  /// @return what it thinks; fails if it does not answer in time
  CompletableFuture<Opinion> consult(Instance second, Instance instance);

  /// Asks another stethoscope whether it is there.
  ///
  /// @param colleague the process of the other one
  /// @return whether it listens; fails if it does not answer in time
  CompletableFuture<Boolean> probe(Instance colleague);

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
  /// @param flag which instance, why, and who wants it
  /// @return what the orchestrator says; fails if it does not answer
  CompletableFuture<Flag.Answer> flag(Flag flag);

  /// Announces nothing more about an instance: it is gone.
  ///
  /// @param id which instance
  void forget(InstanceId id);
}
