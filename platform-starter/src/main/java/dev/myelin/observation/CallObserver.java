package dev.myelin.observation;

import dev.myelin.wire.ContextFields;

/// Observes the calls of a process and the operations that it serves. Thread-safe.
public interface CallObserver {

  /// Starts to observe a call, as a child of what the current thread observes.
  ///
  /// @param operation what is called
  CallObservation call(ObservedOperation operation);

  /// Starts to observe a served operation, as a child of the call that arrived.
  ///
  /// @param operation what is served
  /// @param fields what travelled with the call
  CallObservation serve(ObservedOperation operation, ContextFields fields);
}
