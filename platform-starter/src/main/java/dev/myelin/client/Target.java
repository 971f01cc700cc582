package dev.myelin.client;

import dev.myelin.Deadline;
import dev.myelin.wire.Endpoint;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where the attempts of one service's calls go. Thread-safe.
interface Target {

  /// Chooses an endpoint for the next attempt, waiting for one until the deadline if there is none.
  ///
  /// @param tried endpoints that failed this call already
  /// @param deadline of the call
  /// @return null if there was none until the deadline
  @Nullable Endpoint next(Set<Endpoint> tried, Deadline deadline) throws InterruptedException;

  /// Whether another attempt may reach another endpoint, or the same one when it is back.
  boolean balanced();
}
