package dev.myelin.orchestrator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.orchestrator.reconcile.ReconcileSettings.Pace;
import dev.myelin.orchestrator.time.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class StartBackoffTests {

  private final ManualTime clock = new ManualTime();
  private final StartBackoff backoff =
      new StartBackoff(
          clock.time(),
          new Pace(
              Duration.ofMillis(250),
              Duration.ofSeconds(1),
              Duration.ofSeconds(30),
              Duration.ofSeconds(10)));

  @Test
  void waitsDoubleUpToTheLongest() {
    assertThat(backoff.failed("a")).isZero();
    assertThat(backoff.failed("a")).hasSeconds(1);
    assertThat(backoff.failed("a")).hasSeconds(2);
    assertThat(backoff.failed("a")).hasSeconds(4);
    assertThat(backoff.failed("a")).hasSeconds(8);
    assertThat(backoff.failed("a")).hasSeconds(16);
    assertThat(backoff.failed("a")).hasSeconds(30);
    for (int i = 0; i < 100; i++) {
      assertThat(backoff.failed("a")).hasSeconds(30);
    }
    assertThat(backoff.failed("b")).isZero();
  }

  @Test
  void serviceWaitsFromItsLastFailure() {
    backoff.failed("a");
    assertThat(backoff.waiting()).isEmpty();
    backoff.failed("a");
    assertThat(backoff.waiting()).containsExactly("a");

    clock.advance(Duration.ofMillis(999));
    assertThat(backoff.waiting()).containsExactly("a");
    clock.advance(Duration.ofMillis(1));
    assertThat(backoff.waiting()).isEmpty();
  }

  @Test
  void longServiceEndsTheSeries() {
    backoff.failed("a");
    backoff.failed("a");

    assertThat(backoff.served("a", Duration.ofHours(1))).isFalse(); // was there before
    assertThat(backoff.waiting()).containsExactly("a");
    clock.advance(Duration.ofMillis(9_999));
    assertThat(backoff.served("a", Duration.ofMillis(9_999))).isFalse();
    assertThat(backoff.tooShort(Duration.ofMillis(9_999))).isTrue();

    clock.advance(Duration.ofMillis(1));
    assertThat(backoff.served("a", Duration.ofSeconds(10))).isTrue();
    assertThat(backoff.tooShort(Duration.ofSeconds(10))).isFalse();
    assertThat(backoff.waiting()).isEmpty();
    assertThat(backoff.failed("a")).isZero();
  }
}
