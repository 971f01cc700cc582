package dev.myelin.storage.memcached;

import dev.myelin.wire.Endpoint;
import org.jspecify.annotations.Nullable;

/// A node has not done what it was asked to. Stays within this package.
final class NodeFailure extends Exception {

  private final boolean mayHaveRun;

  /// Creates one.
  ///
  /// @param node which node
  /// @param problem what happened
  /// @param mayHaveRun whether the request may have reached it
  /// @param cause what lies behind
  NodeFailure(Endpoint node, String problem, boolean mayHaveRun, @Nullable Throwable cause) {
    super("%s %s".formatted(node, problem), cause);
    this.mayHaveRun = mayHaveRun;
  }

  boolean mayHaveRun() {
    return mayHaveRun;
  }
}
