package dev.myelin.observation;

import dev.myelin.CallException;
import dev.myelin.context.CallContexts;
import dev.myelin.wire.ContextFields;
import dev.myelin.wire.ServiceNames;
import org.jspecify.annotations.Nullable;

/// What surrounds calls: the context that travels with them, and who observes them.
///
/// @param contexts what travels
/// @param observer who observes; null = nobody, and then nothing is made for a call
public record CallSurroundings(CallContexts contexts, @Nullable CallObserver observer) {

  /// The application's own context travels, nobody observes.
  public static final CallSurroundings PLAIN = new CallSurroundings(CallContexts.PLAIN, null);

  /// The same, without an observer where the service is one of the platform's own.
  ///
  /// @param service name of the service
  public CallSurroundings of(String service) {
    return ServiceNames.reserved(service) ? new CallSurroundings(contexts, null) : this;
  }

  /// Starts to observe a call.
  ///
  /// @param service name of the service
  /// @param operation name of the operation
  /// @return null if nobody observes
  public @Nullable CallObservation call(String service, String operation) {
    var by = observer;
    return by == null ? null : by.call(new ObservedOperation(service, operation));
  }

  /// Starts to observe a served operation.
  ///
  /// @param service name of the service
  /// @param operation name of the operation
  /// @param fields what arrived with the call
  /// @return null if nobody observes
  public @Nullable CallObservation serve(String service, String operation, ContextFields fields) {
    var by = observer;
    return by == null ? null : by.serve(new ObservedOperation(service, operation), fields);
  }

  /// What travels with a call of the current thread.
  ///
  /// @param observation of the call, which ends here if its context cannot be carried
  /// @throws CallException if it is more than a call carries
  public ContextFields capture(@Nullable CallObservation observation) {
    if (observation == null) {
      return contexts.capture();
    }
    try {
      return contexts.capture(observation.fields());
    } catch (CallException e) {
      observation.failed(e);
      throw e;
    }
  }
}
