package dev.myelin.orchestrator.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.myelin.orchestrator.scale.Decision.Down;
import dev.myelin.orchestrator.scale.Decision.Hold;
import dev.myelin.orchestrator.scale.Decision.Up;
import dev.myelin.orchestrator.scale.Sample.Flow;
import dev.myelin.wire.ApplicationDescription.Scaling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

final class ScalerTests {

  private static final Scaling LIMITS = new Scaling(1, 8, 0.8, 0.3, 10);
  private static final ScalingWindows WINDOWS =
      new ScalingWindows(
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          Duration.ofSeconds(5),
          Duration.ofMinutes(5));
  private static final long NOW = Long.MIN_VALUE + 7; // tickers may start, and wrap, anywhere
  private static final long STEP = Duration.ofMillis(500).toNanos();

  private final Scaler scaler = new Scaler(WINDOWS);

  /// Samples of the last 12 s, each made from its age in half seconds, oldest first.
  private static List<Sample> samples(IntFunction<Sample> ofAge) {
    var samples = new ArrayList<Sample>();
    for (int age = 24; age >= 0; age--) {
      samples.add(ofAge.apply(age));
    }
    return samples;
  }

  private static Sample load(int age, int serving, int inFlight) {
    return sample(age, serving, 0, inFlight);
  }

  /// As many calls come as would keep those in flight running, and as many end as do run.
  private static Sample sample(int age, int serving, int missing, int inFlight) {
    int concurrency = (serving - missing) * 10;
    int running = Math.min(inFlight, concurrency);
    return new Sample(
        NOW - age * STEP,
        serving,
        missing,
        inFlight,
        concurrency,
        new Flow(running, 100L * inFlight, 100L * running));
  }

  private Decision decide(int desired, int serving, List<Sample> samples) {
    return decide(desired, serving, Duration.ofMinutes(1), samples);
  }

  private Decision decide(int desired, int serving, Duration unchanged, List<Sample> samples) {
    return scaler.decide(LIMITS, new Counts(desired, serving, unchanged), samples, NOW);
  }

  @Test
  void congestionAboveTheHighWatermarkAddsAsManyAsAreMissing() {
    // 30 in flight at 10 each: 5.5 an instance is half-way between the watermarks
    assertThat(decide(1, 1, samples(age -> load(age, 1, 30))))
        .isEqualTo(
            new Up(6, "congestion 3.00 above 0.80 for 2.0 s: 30.0 calls at a time to be served"));
    assertThat(decide(3, 3, samples(age -> load(age, 3, 30))))
        .isEqualTo(
            new Up(6, "congestion 1.00 above 0.80 for 2.0 s: 30.0 calls at a time to be served"));
  }

  @Test
  void slightCongestionAddsOne() {
    assertThat(decide(5, 5, samples(age -> load(age, 5, 41))))
        .isInstanceOfSatisfying(Up.class, up -> assertThat(up.to()).isEqualTo(8));
    assertThat(
            new Scaler(WINDOWS)
                .decide(
                    new Scaling(1, 8, 0.8, 0.79, 10),
                    new Counts(5, 5, Duration.ofMinutes(1)),
                    samples(age -> load(age, 5, 41)),
                    NOW))
        .isInstanceOfSatisfying(Up.class, up -> assertThat(up.to()).isEqualTo(6));
  }

  @Test
  void maxInstancesIsNeverExceeded() {
    assertThat(decide(2, 2, samples(age -> load(age, 2, 100_000))))
        .isInstanceOfSatisfying(Up.class, up -> assertThat(up.to()).isEqualTo(8));
    assertThat(decide(8, 8, samples(age -> load(age, 8, 100_000))))
        .isInstanceOfSatisfying(
            Hold.class, hold -> assertThat(hold.reason()).contains("at maxInstances"));
  }

  @Test
  void callsThatWaitAreNotTakenForCallsThatHaveToRun() {
    // 20 run and 480 wait, since 30 came while 20 ended: 30 would have to run at a time
    var crowded =
        samples(age -> new Sample(NOW - age * STEP, 2, 0, 500 - age, 20, new Flow(20, 30, 20)));

    assertThat(decide(2, 2, crowded))
        .isInstanceOfSatisfying(Up.class, up -> assertThat(up.to()).isEqualTo(6));
  }

  @Test
  void numberIsAtMostDoubledWhereNoCallEnds() {
    var hung = samples(age -> new Sample(NOW - age * STEP, 2, 0, 900, 20, new Flow(20, 0, 0)));

    assertThat(decide(2, 2, hung))
        .isEqualTo(
            new Up(4, "congestion 45.00 above 0.80 for 2.0 s: 900 calls in flight, and none ends"));
  }

  @Test
  void decisionThatSawOnlyTheBeginningOfARiseIsMended() {
    var rising = samples(age -> load(age, 2, age <= 4 ? 40 : 10));

    assertThat(decide(4, 2, Duration.ofSeconds(1), rising))
        .isInstanceOfSatisfying(Up.class, up -> assertThat(up.to()).isEqualTo(8));
    assertThat(decide(8, 2, Duration.ofSeconds(1), rising)).isInstanceOf(Hold.class);
    assertThat(decide(4, 2, Duration.ofSeconds(1), samples(age -> load(age, 2, 40))))
        .isEqualTo(new Hold("2 of 4 are not serving yet"));
  }

  @Test
  void instanceThatNeverComesDoesNotKeepTheServiceSmall() {
    assertThat(decide(3, 2, Duration.ofSeconds(9), samples(age -> load(age, 2, 40))))
        .isEqualTo(new Hold("1 of 3 are not serving yet"));
    assertThat(decide(3, 2, Duration.ofSeconds(10), samples(age -> load(age, 2, 40))))
        .isInstanceOfSatisfying(Up.class, up -> assertThat(up.to()).isEqualTo(8));
  }

  @Test
  void congestionBetweenTheWatermarksHolds() {
    assertThat(decide(2, 2, samples(age -> load(age, 2, 11)))).isInstanceOf(Hold.class);
  }

  @Test
  void congestionExactlyAtAWatermarkHolds() {
    assertThat(decide(2, 2, samples(age -> load(age, 2, 16)))).isInstanceOf(Hold.class);
    assertThat(decide(2, 2, samples(age -> load(age, 2, 6)))).isInstanceOf(Hold.class);
  }

  @Test
  void shortPeakHolds() {
    assertThat(decide(2, 2, samples(age -> load(age, 2, age < 1 ? 30 : 10))))
        .isInstanceOf(Hold.class);
  }

  @Test
  void nothingIsAddedWhileInstancesStart() {
    assertThat(decide(4, 1, Duration.ofSeconds(5), samples(age -> load(age, 1, 100))))
        .isEqualTo(new Hold("3 of 4 are not serving yet"));
  }

  @Test
  void nothingIsRetiredWhileInstancesStart() {
    assertThat(decide(4, 3, samples(age -> load(age, 3, 0))))
        .isEqualTo(new Hold("1 of 4 are not serving yet"));
  }

  @Test
  void instanceThatHasJustJoinedIsGivenTimeToTakeItsShare() {
    assertThat(decide(2, 2, samples(age -> load(age, age < 6 ? 2 : 1, 40))))
        .isInstanceOf(Hold.class);
    assertThat(decide(2, 2, samples(age -> load(age, age < 7 ? 2 : 1, 40)))).isInstanceOf(Up.class);
  }

  @Test
  void queueThatIsLeftFromBeforeIsLeftToShrink() {
    var left = samples(age -> new Sample(NOW - age * STEP, 4, 0, 140, 40, new Flow(40, 20, 40)));

    assertThat(decide(4, 4, left))
        .isEqualTo(
            new Hold(
                "congestion 3.50, but of calls that came before: 20.0 calls at a time to be served"));
  }

  @Test
  void idlenessRetiresOne() {
    assertThat(decide(4, 4, samples(age -> load(age, 4, 0))))
        .isEqualTo(new Down(3, "congestion below 0.30 for 10.0 s"));
  }

  @Test
  void minInstancesStay() {
    assertThat(decide(1, 1, samples(age -> load(age, 1, 0))))
        .isEqualTo(new Hold("at minInstances"));
  }

  @Test
  void serviceWithoutAMinimumLosesItsLastInstanceWhenNobodyCallsIt() {
    var limits = new Scaling(0, 8, 0.8, 0.3, 10);
    var minute = Duration.ofMinutes(1);
    var samples = samples(age -> load(age, 1, 0));

    assertThat(
            scaler.decide(limits, new Counts(1, 1, minute, Duration.ofSeconds(299)), samples, NOW))
        .isEqualTo(new Hold("called within the last 300.0 s"));
    assertThat(scaler.decide(limits, new Counts(1, 1, minute, Duration.ofMinutes(5)), samples, NOW))
        .isEqualTo(new Down(0, "not called for 300.0 s"));
    assertThat(scaler.decide(limits, new Counts(0, 0, minute), List.of(), NOW))
        .isEqualTo(new Hold("nobody calls it"));
  }

  @Test
  void countsOutsideTheLimitsAreBroughtBack() {
    assertThat(decide(0, 0, List.of())).isEqualTo(new Up(1, "fewer than minInstances"));
    assertThat(decide(12, 12, List.of())).isEqualTo(new Down(8, "more than maxInstances"));
  }

  @Test
  void onePeakInTheLongWindowKeepsAll() {
    assertThat(decide(4, 4, samples(age -> load(age, 4, age == 19 ? 13 : 0))))
        .isEqualTo(new Hold("congestion up to 0.33"));
  }

  @Test
  void retirementsOfOneServiceKeepTheirDistance() {
    var idle = samples(age -> load(age, 4, 0));

    assertThat(decide(4, 4, Duration.ofSeconds(1), idle)).isEqualTo(new Hold("changed just now"));
    assertThat(decide(4, 4, Duration.ofSeconds(2), idle)).isInstanceOf(Down.class);
  }

  @Test
  void oneStaysWhereTheOthersCouldNotCarryTheLoad() {
    // 5.8 in flight at 2 × 10 is below 0.3, and 0.58 for one is above the half-way 0.55
    var limits = new Scaling(1, 8, 0.8, 0.3, 100);

    assertThat(
            scaler.decide(
                limits,
                new Counts(2, 2, Duration.ofMinutes(1)),
                samples(age -> new Sample(NOW - age * STEP, 2, 0, 58, 200, Flow.NONE)),
                NOW))
        .isEqualTo(new Hold("1 would be congested 0.58"));
  }

  @Test
  void missingFigureOfOneInstanceRetiresNobody() {
    assertThat(decide(4, 4, samples(age -> sample(age, 4, age == 7 ? 1 : 0, 0))))
        .isEqualTo(new Hold("figures are missing"));
  }

  @Test
  void noFiguresAtAllHold() {
    assertThat(decide(4, 4, List.of())).isEqualTo(new Hold("figures are missing"));
    assertThat(decide(4, 4, samples(age -> sample(age, 4, 4, 0))))
        .isEqualTo(new Hold("figures are missing"));
  }

  @Test
  void gapInTheFiguresRetiresNobody() {
    var gap = new ArrayList<>(samples(age -> load(age, 4, 0)));
    gap.removeIf(sample -> NOW - sample.at() < 10 * STEP && NOW - sample.at() > 4 * STEP);

    assertThat(decide(4, 4, gap)).isEqualTo(new Hold("figures are missing"));
  }

  @Test
  void missingFiguresOfSomeDoNotHideTheCongestionOfTheOthers() {
    assertThat(decide(4, 4, samples(age -> sample(age, 4, 2, 40))))
        .isInstanceOfSatisfying(Up.class, up -> assertThat(up.to()).isEqualTo(8));
  }

  @Test
  void windowsHaveToLast() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new ScalingWindows(
                Duration.ofSeconds(2),
                Duration.ZERO,
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                Duration.ZERO,
                Duration.ofMinutes(5)))
        .withMessage("Scaling window 'low' is PT0S but must be more than 0");
  }
}
