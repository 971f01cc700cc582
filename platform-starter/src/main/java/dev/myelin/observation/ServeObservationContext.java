package dev.myelin.observation;

import dev.myelin.wire.ContextFields;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import org.jspecify.annotations.Nullable;

/// A served operation, for observation handlers and conventions. A propagator finds there what
/// travelled with the call.
public final class ServeObservationContext extends ReceiverContext<ContextFields> {

  private final ObservedOperation operation;
  private volatile @Nullable String outcome;

  ServeObservationContext(ObservedOperation operation, ContextFields fields) {
    super((carrier, name) -> carrier.first(name).orElse(null), Kind.SERVER);
    this.operation = operation;
    setCarrier(fields);
  }

  /// What is served.
  public ObservedOperation operation() {
    return operation;
  }

  /// What became of it, as [ServeObservationConvention] says; null while it is under way.
  public @Nullable String outcome() {
    return outcome;
  }

  void outcome(String ended) {
    outcome = ended;
  }
}
