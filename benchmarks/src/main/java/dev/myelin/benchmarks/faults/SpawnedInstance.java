package dev.myelin.benchmarks.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/// An instance in a process of its own.
public interface SpawnedInstance extends AutoCloseable {

  /// Waits for the end of the process.
  ///
  /// @return whether it came in time
  boolean awaitEnd(Duration limit) throws InterruptedException;

  /// Number of the process.
  long pid();

  /// What it has logged, the beginning and the end of it.
  String logged();

  /// Ends the process at once, without a warning.
  void kill();

  @Override
  void close();

  /// Starts instances.
  interface Starter {

    /// Starts one, which registers when it is ready.
    ///
    /// @param id who it is
    /// @param folder of its cluster
    SpawnedInstance start(String id, Path folder) throws IOException;
  }
}
