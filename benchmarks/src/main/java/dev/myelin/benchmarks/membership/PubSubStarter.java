package dev.myelin.benchmarks.membership;

import java.io.IOException;
import java.nio.file.Path;

/// Starts pubsubs in processes of their own.
@FunctionalInterface
public interface PubSubStarter {

  /// Starts one.
  ///
  /// @param id who it is
  /// @param folder of its cluster
  /// @return ends it at once, as by SIGKILL
  Running start(String id, Path folder) throws IOException;

  /// A pubsub that runs.
  interface Running extends AutoCloseable {

    /// Ends it at once; without effect the second time.
    @Override
    void close();

    /// Ends it before its time.
    default void kill() {
      close();
    }
  }
}
