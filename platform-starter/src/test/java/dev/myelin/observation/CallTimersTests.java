package dev.myelin.observation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.wire.ContextFields;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler.IgnoredMeters;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The timers are those that Micrometer makes of the observations.
final class CallTimersTests {

  private static final ObservedOperation PRICE = new ObservedOperation("price-list", "price");
  private static final ObservedOperation TAX = new ObservedOperation("tax", "rate");

  private final MockClock clock = new MockClock();
  private final MeterRegistry timed = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
  private final CallTimers timers = new CallTimers(timed);

  private void play(CallObserver observer) {
    for (var operation : new ObservedOperation[] {PRICE, TAX}) {
      var result = observer.call(operation);
      clock.add(Duration.ofMillis(3));
      result.succeeded();
      result.failed(Status.CANCELLED);
      var answer = observer.serve(operation, ContextFields.EMPTY);
      try (var _ = answer.open()) {
        clock.add(Duration.ofMillis(5));
      }
      answer.succeeded();
      observer.serve(operation, ContextFields.EMPTY).threw(new IllegalStateException("no"));
      observer.call(operation).threw(new Refusal());
      observer.call(operation).failed(Status.UNAVAILABLE);
      observer
          .call(operation)
          .failed(new CallException(Status.UNAVAILABLE, Execution.DID_NOT_RUN, "nobody"));
      observer.call(operation).succeeded();
    }
  }

  private static final class Refusal extends Exception {}

  private record Taken(long count, double millis) {}

  private static Map<Meter.Id, Taken> taken(MeterRegistry registry) {
    return registry.getMeters().stream()
        .collect(
            Collectors.toMap(
                Meter::getId,
                meter -> {
                  var timer = (Timer) meter;
                  return new Taken(timer.count(), timer.totalTime(TimeUnit.MILLISECONDS));
                }));
  }

  @Test
  void timersAreThoseThatAreMadeOfObservations() {
    var observed = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    var observations = ObservationRegistry.create();
    observations
        .observationConfig()
        .observationHandler(
            new DefaultMeterObservationHandler(observed, IgnoredMeters.LONG_TASK_TIMER));

    play(new CallObservations(observations));
    play(timers);

    assertThat(taken(timed)).hasSize(12).isEqualTo(taken(observed));
  }

  @Test
  void operationsBeyondTheLimitAreTimedToo() {
    for (int i = 0; i < 10_002; i++) {
      timers.call(new ObservedOperation("price-list", "unknown" + i)).failed(Status.UNAVAILABLE);
    }
    for (int i = 0; i < 2; i++) {
      timers.call(new ObservedOperation("price-list", "unknown10001")).failed(Status.UNAVAILABLE);
    }

    assertThat(
            Objects.requireNonNull(
                    timed.find("myelin.call").tag("operation", "unknown10001").timer())
                .count())
        .isEqualTo(3);
  }
}
