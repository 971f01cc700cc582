package dev.myelin.orchestrator.output;

import dev.myelin.wire.InstanceId;

/// Takes the lines that processes print. Called from one thread.
@FunctionalInterface
public interface LineSink {

  /// Takes a line.
  ///
  /// @param id which instance printed it
  /// @param line without its end
  void line(InstanceId id, String line);
}
