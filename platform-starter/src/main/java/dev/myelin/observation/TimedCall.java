package dev.myelin.observation;

import dev.myelin.CallException;
import dev.myelin.Status;
import dev.myelin.observation.CallTimers.Ending;
import dev.myelin.wire.ContextFields;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.Observation;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// A call, or a served operation, whose time is taken.
final class TimedCall implements CallObservation {

  private final CallTimers.OperationTimers timers;
  private final Clock clock;
  private final long started;
  private final AtomicBoolean ended = new AtomicBoolean();

  TimedCall(CallTimers.OperationTimers timers, Clock clock) {
    this.timers = timers;
    this.clock = clock;
    started = clock.monotonicTime();
  }

  @Override
  public ContextFields fields() {
    return ContextFields.EMPTY;
  }

  @Override
  public Observation.Scope open() {
    return Observation.Scope.NOOP;
  }

  @Override
  public void succeeded() {
    if (ended.compareAndSet(false, true)) {
      record(timers.success());
    }
  }

  @Override
  public void threw(Throwable thrown) {
    end(new Ending(THROWN, thrown.getClass()));
  }

  @Override
  public void failed(CallException failure) {
    end(new Ending(failure.status().name(), failure.getClass()));
  }

  @Override
  public void failed(Status status) {
    end(new Ending(status.name(), null));
  }

  private void end(Ending how) {
    if (ended.compareAndSet(false, true)) {
      record(timers.ended(how));
    }
  }

  private void record(Timer timer) {
    timer.record(clock.monotonicTime() - started, TimeUnit.NANOSECONDS);
  }
}
