package dev.myelin.orchestrator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.orchestrator.reconcile.ReconcileSettings.Pace;
import dev.myelin.orchestrator.time.ManualTime;
import dev.myelin.wire.ServiceNames;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StartBackoffTests {

  private final ManualTime clock = new ManualTime();

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path root;

  @SuppressWarnings("NullAway.Init") // set up before each test
  private StartBackoff backoff;

  @BeforeEach
  void begin() {
    backoff = backoff(1, true);
  }

  private StartBackoff backoff(long epoch, boolean living) {
    var begun =
        new StartBackoff(
            clock.time(),
            new Pace(
                Duration.ofMillis(250),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10)),
            new ClusterFolder(root));
    begun.begin(epoch, living);
    return begun;
  }

  private boolean served(String service, Duration how) {
    return backoff.served(service, how, clock.time().now().minus(how));
  }

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

    assertThat(served("a", Duration.ofHours(1))).isFalse(); // was there before
    assertThat(backoff.waiting()).containsExactly("a");
    clock.advance(Duration.ofMillis(9_999));
    assertThat(served("a", Duration.ofMillis(9_999))).isFalse();
    assertThat(backoff.tooShort(Duration.ofMillis(9_999))).isTrue();

    clock.advance(Duration.ofMillis(1));
    assertThat(served("a", Duration.ofSeconds(10))).isTrue();
    assertThat(backoff.tooShort(Duration.ofSeconds(10))).isFalse();
    assertThat(backoff.waiting()).isEmpty();
    assertThat(backoff.failed("a")).isZero();
  }

  @Test
  void coreProcessIsNotWaitedForLong() {
    for (int i = 0; i < 10; i++) {
      assertThat(backoff.failed(ServiceNames.CORE)).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }
  }

  @Test
  void seriesGoOnAtTheNextOrchestrator() {
    backoff.failed("a");
    backoff.failed("a");
    backoff.failed("a");
    clock.advance(Duration.ofMillis(500));

    backoff = backoff(2, true);

    assertThat(backoff.waiting()).containsExactly("a");
    clock.advance(Duration.ofMillis(1_500));
    assertThat(backoff.waiting()).isEmpty();
    assertThat(backoff.failed("a")).hasSeconds(4);
  }

  @Test
  void instanceOfBeforeTheFailureDoesNotEndASeriesOfAnotherOrchestrators() {
    var before = clock.time().now();
    clock.advance(Duration.ofMinutes(1));
    backoff.failed("a");
    backoff.failed("a");
    backoff = backoff(2, true);
    clock.advance(Duration.ofSeconds(10));

    assertThat(backoff.served("a", Duration.ofSeconds(10), before)).isFalse();
    assertThat(backoff.failed("a")).hasSeconds(2);

    backoff = backoff(3, true);
    var after = clock.time().now().plusMillis(1);
    clock.advance(Duration.ofSeconds(12));
    assertThat(backoff.served("a", Duration.ofSeconds(10), after)).isTrue();
    assertThat(backoff(4, true).failed("a")).isZero();
  }

  @Test
  void clusterThatStartsAnewBeginsWithoutFailures() {
    backoff.failed("a");
    backoff.failed("a");

    assertThat(backoff(2, false).failed("a")).isZero();
  }
}
