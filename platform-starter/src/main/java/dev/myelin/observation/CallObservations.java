package dev.myelin.observation;

import dev.myelin.wire.ContextFields;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

/// Starts the observations of a process. Thread-safe.
///
/// There is none of these where nothing is to be observed, so that nothing is made for a call.
public final class CallObservations {

  private static final CallObservationConvention CALL = new CallObservationConvention() {};
  private static final ServeObservationConvention SERVE = new ServeObservationConvention() {};

  private final ObservationRegistry registry;
  private final CallObservationConvention call;
  private final ServeObservationConvention serve;

  /// Observes with the default names and keys.
  ///
  /// @param registry hears of the observations
  public CallObservations(ObservationRegistry registry) {
    this(registry, CALL, SERVE);
  }

  /// Observes with names and keys of the application's choice.
  ///
  /// @param registry hears of the observations
  /// @param call convention of calls
  /// @param serve convention of served operations
  public CallObservations(
      ObservationRegistry registry,
      CallObservationConvention call,
      ServeObservationConvention serve) {
    this.registry = registry;
    this.call = call;
    this.serve = serve;
  }

  /// The convention of calls where the application has none.
  public static CallObservationConvention defaultCall() {
    return CALL;
  }

  /// The convention of served operations where the application has none.
  public static ServeObservationConvention defaultServe() {
    return SERVE;
  }

  /// Starts the observation of a call, as a child of what the current thread observes.
  ///
  /// @param operation what is called
  public CallObservation call(ObservedOperation operation) {
    var context = new CallObservationContext(operation);
    var observation = Observation.start(call, () -> context, registry);
    var carried = context.getCarrier();
    var fields =
        carried == null || carried.isEmpty() ? ContextFields.EMPTY : new ContextFields(carried);
    return new CallObservation(observation, context::outcome, fields);
  }

  /// Starts the observation of a served operation, as a child of the call that arrived.
  ///
  /// @param operation what is served
  /// @param fields what travelled with the call
  public CallObservation serve(ObservedOperation operation, ContextFields fields) {
    var context = new ServeObservationContext(operation, fields);
    return new CallObservation(
        Observation.start(serve, () -> context, registry), context::outcome, ContextFields.EMPTY);
  }
}
