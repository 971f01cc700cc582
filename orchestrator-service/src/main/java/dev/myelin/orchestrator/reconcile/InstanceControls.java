package dev.myelin.orchestrator.reconcile;

import dev.myelin.wire.Endpoint;
import dev.myelin.wire.InstanceControl;

/// How the processes of a cluster are spoken to one by one. Thread-safe.
@FunctionalInterface
public interface InstanceControls {

  /// Makes an object whose calls go to one process; needs no connection.
  ///
  /// @param endpoint where the process takes calls
  InstanceControl at(Endpoint endpoint);
}
