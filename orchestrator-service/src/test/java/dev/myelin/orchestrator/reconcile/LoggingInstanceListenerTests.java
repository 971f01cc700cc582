package dev.myelin.orchestrator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.orchestrator.reconcile.InstanceChange.State;
import dev.myelin.wire.InstanceId;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class LoggingInstanceListenerTests {

  private static String rest(State state, Duration after, String reason) {
    return LoggingInstanceListener.rest(
        new InstanceChange(
            new InstanceId("price-list-3f9a"), "price-list", 42, state, after, reason));
  }

  @Test
  void firstStateHasNoTimeBeforeIt() {
    assertThat(rest(State.STARTING, Duration.ZERO, ""))
        .isEqualTo("service=price-list state=starting pid=42");
  }

  @Test
  void timeAndReasonAreSaid() {
    assertThat(rest(State.SERVING, Duration.ofMillis(4_249), ""))
        .isEqualTo("service=price-list state=serving pid=42 after=4.2s");
    assertThat(rest(State.DRAINING, Duration.ofMinutes(2), "1 are enough"))
        .isEqualTo("service=price-list state=draining pid=42 after=120.0s reason=\"1 are enough\"");
  }

  @Test
  void figuresDoNotDependOnTheLocale() {
    var before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(rest(State.SERVING, Duration.ofMillis(50), "")).endsWith("after=0.1s");
    } finally {
      Locale.setDefault(before);
    }
  }
}
