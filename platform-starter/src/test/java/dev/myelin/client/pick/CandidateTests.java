package dev.myelin.client.pick;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.wire.Endpoint;
import dev.myelin.wire.InstanceId;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is known of one instance, on a clock that stands until it is moved, also backwards.
class CandidateTests {

  // System.nanoTime() may start anywhere, below 0 too
  private long now = -7_000_000_000_000L;
  private final Candidate one = candidate("a");
  private final Candidate other = candidate("b");

  private Candidate candidate(String id) {
    return new Candidate(new InstanceId(id), new Endpoint("10.0.0.1", 1), _ -> true, () -> now);
  }

  private void answer(Candidate candidate, Duration time) {
    long startedAt = candidate.started();
    now += time.toNanos();
    candidate.answered(startedAt);
    candidate.ended();
  }

  private void startTiming() {
    assertThat(one.lighterThan(other)).isTrue();
  }

  @Test
  void quickerInstanceIsLighter() {
    startTiming();
    answer(one, Duration.ofMillis(9));
    answer(other, Duration.ofMillis(3));

    assertThat(one.lighterThan(other)).isFalse();
    assertThat(other.lighterThan(one)).isTrue();
  }

  @Test
  void slowerInstanceIsLighterWhenTheQuickerIsThatMuchBusier() {
    startTiming();
    answer(one, Duration.ofMillis(9));
    answer(other, Duration.ofMillis(3));
    var _ = other.started();
    var _ = other.started();
    var _ = other.started();

    assertThat(one.lighterThan(other)).isTrue();
  }

  @Test
  void slownessFadesWhileNothingIsAsked() {
    startTiming();
    answer(one, Duration.ofMillis(9));
    now += Duration.ofSeconds(11).toNanos();
    answer(other, Duration.ofMillis(4));

    // 9 ms * e^-1.1 = 3 ms
    assertThat(one.lighterThan(other)).isTrue();
  }

  @Test
  void instanceThatWasNotAskedForYearsIsLighterThanOneThatAnswers() {
    startTiming();
    answer(one, Duration.ofSeconds(30));
    now += Duration.ofDays(3_000).toNanos();
    answer(other, Duration.ofMillis(1));

    assertThat(one.lighterThan(other)).isTrue();
    assertThat(other.lighterThan(one)).isFalse();
  }

  @Test
  void clockThatStepsBackSpoilsNoAverage() {
    startTiming();
    answer(one, Duration.ofMillis(5));
    answer(other, Duration.ofMillis(5));
    answer(one, Duration.ofDays(-30));
    answer(one, Duration.ofMillis(2));

    assertThat(one.lighterThan(other)).isTrue();
    assertThat(other.lighterThan(one)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY, -1, -0.0, 0})
  void congestionThatIsNoNumberAboveZeroIsNone(double reported) {
    one.congested(reported);

    assertThat(one.congestion()).isZero();
    assertThat(one.load()).isEqualTo(1);
  }

  @Test
  void congestionWithoutBoundsIsALotButANumber() {
    one.congested(Double.POSITIVE_INFINITY);

    assertThat(one.load()).isBetween(100.0, 1e9);
    assertThat(other.lighterThan(one)).isTrue();
  }

  @Test
  void newInstanceHasItsWholeShareAtOnceWhereThereIsNoSlowStart() {
    one.warming();

    assertThat(one.weight(Duration.ZERO)).isEqualTo(1);
  }

  @Test
  void slowStartOfAnyLengthGrows() {
    var centuries = Duration.ofDays(365_000);
    one.warming();
    assertThat(one.weight(centuries)).isEqualTo(0.1);

    now += Duration.ofDays(30_000).toNanos();
    assertThat(one.weight(centuries)).isBetween(0.2, 0.3);
  }

  @Test
  void slowStartWhenTheClockStepsBackKeepsTheLeastShare() {
    one.warming();
    now -= Duration.ofHours(1).toNanos();

    assertThat(one.weight(Duration.ofSeconds(10))).isEqualTo(0.1);
  }
}
