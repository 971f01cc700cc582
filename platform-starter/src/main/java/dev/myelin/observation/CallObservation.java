package dev.myelin.observation;

import dev.myelin.CallException;
import dev.myelin.Status;
import dev.myelin.wire.ContextFields;
import io.micrometer.observation.Observation;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// An observation that has started. Ends once; what ends it after that has no effect. Thread-safe.
public final class CallObservation {

  private static final String SUCCESS = "SUCCESS";
  private static final String THROWN = "THROWN";

  private final Observation observation;
  private final Consumer<String> outcome;
  private final ContextFields fields;
  private final AtomicBoolean ended = new AtomicBoolean();

  CallObservation(Observation observation, Consumer<String> outcome, ContextFields fields) {
    this.observation = observation;
    this.outcome = outcome;
    this.fields = fields;
  }

  /// What a propagator wants to travel with the call.
  public ContextFields fields() {
    return fields;
  }

  /// Makes it the current observation of this thread until the scope is closed.
  public Observation.Scope open() {
    return observation.openScope();
  }

  /// The operation gave a result.
  public void succeeded() {
    end(SUCCESS);
  }

  /// The operation threw.
  ///
  /// @param thrown what it threw
  public void threw(Throwable thrown) {
    if (!ended.get()) {
      observation.error(thrown);
    }
    end(THROWN);
  }

  /// The call failed.
  ///
  /// @param failure why
  public void failed(CallException failure) {
    if (!ended.get()) {
      observation.error(failure);
    }
    failed(failure.status());
  }

  /// The call failed, and nothing more is known than how.
  ///
  /// @param status how
  public void failed(Status status) {
    end(status.name());
  }

  private void end(String how) {
    if (ended.compareAndSet(false, true)) {
      outcome.accept(how);
      observation.stop();
    }
  }
}
