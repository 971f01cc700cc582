package dev.myelin.observation;

import dev.myelin.CallException;
import dev.myelin.Status;
import dev.myelin.wire.ContextFields;
import io.micrometer.observation.Observation;

/// A call, or a served operation, that is being observed. Ends once; what ends it after that has no
/// effect. Thread-safe.
public interface CallObservation {

  /// Outcome of an operation that gave a result.
  String SUCCESS = "SUCCESS";

  /// Outcome of an operation that threw.
  String THROWN = "THROWN";

  /// What a propagator wants to travel with the call.
  ContextFields fields();

  /// Makes it the current observation of this thread until the scope is closed.
  Observation.Scope open();

  /// The operation gave a result.
  void succeeded();

  /// The operation threw.
  ///
  /// @param thrown what it threw
  void threw(Throwable thrown);

  /// The call failed.
  ///
  /// @param failure why
  void failed(CallException failure);

  /// The call failed, and nothing more is known than how.
  ///
  /// @param status how
  void failed(Status status);
}
