package dev.myelin.observation;

import dev.myelin.wire.ContextFields;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

/// Makes a Micrometer observation of each call and of each served operation. Thread-safe.
///
/// There is none of these where nothing is to be observed, so that nothing is made for a call.
public final class CallObservations implements CallObserver {

  private static final CallObservationConvention CALL = new RememberedCall(new OperationKeys());
  private static final ServeObservationConvention SERVE = new RememberedServe(new OperationKeys());

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

  @Override
  public CallObservation call(ObservedOperation operation) {
    var context = new CallObservationContext(operation);
    var observation = Observation.start(call, () -> context, registry);
    var carried = context.getCarrier();
    var fields =
        carried == null || carried.isEmpty() ? ContextFields.EMPTY : new ContextFields(carried);
    return new ObservedCall(observation, context::outcome, fields);
  }

  @Override
  public CallObservation serve(ObservedOperation operation, ContextFields fields) {
    var context = new ServeObservationContext(operation, fields);
    return new ObservedCall(
        Observation.start(serve, () -> context, registry), context::outcome, ContextFields.EMPTY);
  }

  /// The default convention, which makes nothing for a single call.
  ///
  /// @param known names and keys
  private record RememberedCall(OperationKeys known) implements CallObservationConvention {

    @Override
    public String getContextualName(CallObservationContext context) {
      return known.name(context.operation());
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(CallObservationContext context) {
      return known.keys(context.operation(), context.outcome());
    }
  }

  /// The default convention, which makes nothing for a single operation served.
  ///
  /// @param known names and keys
  private record RememberedServe(OperationKeys known) implements ServeObservationConvention {

    @Override
    public String getContextualName(ServeObservationContext context) {
      return known.name(context.operation());
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(ServeObservationContext context) {
      return known.keys(context.operation(), context.outcome());
    }
  }
}
