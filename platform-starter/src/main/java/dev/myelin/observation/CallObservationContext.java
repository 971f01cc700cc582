package dev.myelin.observation;

import dev.myelin.wire.ContextFields;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A call as its caller sees it, for observation handlers and conventions. What a propagator puts
/// in travels with the call.
public final class CallObservationContext extends SenderContext<List<ContextFields.Field>> {

  private final ObservedOperation operation;
  private volatile @Nullable String outcome;

  CallObservationContext(ObservedOperation operation) {
    super(
        (fields, name, value) ->
            Objects.requireNonNull(fields).add(new ContextFields.Field(name, value)),
        Kind.CLIENT);
    this.operation = operation;
    // most calls have nobody who puts anything in
    setCarrier(new ArrayList<>(0));
    setRemoteServiceName(operation.service());
  }

  /// What is called.
  public ObservedOperation operation() {
    return operation;
  }

  /// What became of the call, as [CallObservationConvention] says; null while it is under way.
  public @Nullable String outcome() {
    return outcome;
  }

  void outcome(String ended) {
    outcome = ended;
  }
}
