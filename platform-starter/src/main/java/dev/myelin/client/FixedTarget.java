package dev.myelin.client;

import dev.myelin.Deadline;
import dev.myelin.wire.Endpoint;
import java.util.Set;

/// One endpoint.
///
/// @param endpoint the endpoint
record FixedTarget(Endpoint endpoint) implements Target {

  @Override
  public Endpoint next(Set<Endpoint> tried, Deadline deadline) {
    return endpoint;
  }

  @Override
  public boolean balanced() {
    return false;
  }
}
