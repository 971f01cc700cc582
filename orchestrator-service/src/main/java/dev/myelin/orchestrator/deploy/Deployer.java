package dev.myelin.orchestrator.deploy;

import dev.myelin.wire.InstanceId;
import java.util.Optional;

/// Starts and ends the processes of one kind of place. Thread-safe.
///
/// A process outlives the JVM that spawned it: what a killed orchestrator started, the next one
/// finds again with [#adopt].
public interface Deployer {

  /// Starts a process; returns once it exists, long before it serves.
  ///
  /// @param order what to start
  /// @throws java.io.UncheckedIOException if it cannot be started; the message says why
  Spawned spawn(SpawnOrder order);

  /// Takes over a process that somebody else started.
  ///
  /// @param id identity of the instance it is
  /// @param process which process
  /// @return empty if it is gone, or if its pid belongs to another process by now
  Optional<Spawned> adopt(InstanceId id, ProcessKey process);

  /// Whether a process runs. One that is stopped or hung runs; one that has ended does not, whether
  /// or not its parent has noticed.
  ///
  /// @param process which process
  boolean isAlive(ProcessKey process);

  /// Asks a process to end; without effect if it is gone. Does not wait.
  ///
  /// @param process which process
  void terminate(ProcessKey process);

  /// Ends a process at once, even a stopped one, without giving it a chance to tidy up; without
  /// effect if it is gone. Does not wait.
  ///
  /// @param process which process
  void kill(ProcessKey process);
}
