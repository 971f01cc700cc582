package dev.myelin.membership;

import dev.myelin.wire.Instance;
import java.util.List;

/// Where the core services are found: the one thing a process must know without asking pubsub.
/// Thread-safe.
public interface CoreDirectory {

  /// The core processes that host a service, the one started last first; empty if there is none.
  ///
  /// @param service name of a core service
  List<Instance> instances(String service);
}
