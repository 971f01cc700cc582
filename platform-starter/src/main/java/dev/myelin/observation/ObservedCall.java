package dev.myelin.observation;

import dev.myelin.CallException;
import dev.myelin.Status;
import dev.myelin.wire.ContextFields;
import io.micrometer.observation.Observation;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// A Micrometer observation that has started.
final class ObservedCall implements CallObservation {

  private final Observation observation;
  private final Consumer<String> outcome;
  private final ContextFields fields;
  private final AtomicBoolean ended = new AtomicBoolean();

  ObservedCall(Observation observation, Consumer<String> outcome, ContextFields fields) {
    this.observation = observation;
    this.outcome = outcome;
    this.fields = fields;
  }

  @Override
  public ContextFields fields() {
    return fields;
  }

  @Override
  public Observation.Scope open() {
    return observation.openScope();
  }

  @Override
  public void succeeded() {
    end(SUCCESS);
  }

  @Override
  public void threw(Throwable thrown) {
    if (!ended.get()) {
      observation.error(thrown);
    }
    end(THROWN);
  }

  @Override
  public void failed(CallException failure) {
    if (!ended.get()) {
      observation.error(failure);
    }
    failed(failure.status());
  }

  @Override
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
