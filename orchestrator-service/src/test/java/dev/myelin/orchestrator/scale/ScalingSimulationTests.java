package dev.myelin.orchestrator.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.orchestrator.time.ManualTime;
import dev.myelin.wire.ApplicationDescription.Scaling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/// A service under load, by the second-to-second arithmetic of a queue: what arrives and is not yet
/// done is in flight. Instances take five seconds to start.
final class ScalingSimulationTests {

  private static final String SERVICE = "price-list";
  private static final Duration STEP = Duration.ofMillis(500);
  private static final Duration START_UP = Duration.ofSeconds(5);
  private static final int CONCURRENCY = 4;

  private final ManualTime clock = new ManualTime();
  private final DecisionLog decisions = new DecisionLog(1_000);
  private final DesiredCounts desired =
      new DesiredCounts(
          clock.time(),
          new ScalingWindows(
              Duration.ofSeconds(2),
              Duration.ofSeconds(10),
              Duration.ofSeconds(2),
              Duration.ofSeconds(3)),
          decisions);
  private final List<Duration> starting = new ArrayList<>();
  private int serving = 1;
  private double inFlight;

  private Scaling limits = new Scaling(1, 16, 0.8, 0.3, CONCURRENCY);

  /// Runs until a time; calls take a second each.
  private void run(Duration until, DoubleUnaryOperator arrivalsASecond) {
    while (clock.elapsed().compareTo(until) < 0) {
      clock.advance(STEP);
      double seconds = clock.elapsed().toMillis() / 1_000.0;
      double share = STEP.toMillis() / 1_000.0;
      double done = Math.min(inFlight, serving * CONCURRENCY) * share;
      inFlight = Math.max(0, inFlight + arrivalsASecond.applyAsDouble(seconds) * share - done);
      startAndRetire();
      desired.update(
          SERVICE,
          limits,
          new Sample(
              clock.time().nanos(), serving, 0, (int) Math.round(inFlight), serving * CONCURRENCY));
    }
  }

  private void startAndRetire() {
    int wanted = desired.counts().getOrDefault(SERVICE, 1);
    while (serving + starting.size() < wanted) {
      starting.add(clock.elapsed());
    }
    serving = Math.min(serving, wanted);
    starting.removeIf(since -> {
      boolean ready = clock.elapsed().minus(since).compareTo(START_UP) >= 0;
      serving += ready ? 1 : 0;
      return ready;
    });
  }

  private long changesOfDirection() {
    var records = decisions.records();
    long changes = 0;
    for (int i = 1; i < records.size(); i++) {
      boolean up = records.get(i).to() > records.get(i).from();
      boolean upBefore = records.get(i - 1).to() > records.get(i - 1).from();
      changes += up == upBefore ? 0 : 1;
    }
    return changes;
  }

  @Test
  void stepToFourTimesTheLoadIsAnsweredOnceAndWithinThreeSeconds() {
    desired.set(SERVICE, 1);
    run(Duration.ofMinutes(1), _ -> 2.2);
    assertThat(decisions.records()).isEmpty();

    run(Duration.ofMinutes(2), _ -> 8.8);

    var first = decisions.records().getFirst();
    var start = first.at().minus(Duration.ofMinutes(1));
    assertThat(start).isBeforeOrEqualTo(ManualTime.ORIGIN.plusSeconds(3));
    // 8.8 calls in flight need 3 instances to stay below 0.8, and 4 to be half-way
    assertThat(desired.counts().get(SERVICE)).as("%s", decisions.records()).isBetween(3, 5);
    assertThat(changesOfDirection()).isLessThanOrEqualTo(1);
  }

  @Test
  void queueThatBuiltUpDuringTheStartIsNotAnsweredAgain() {
    desired.set(SERVICE, 1);

    run(Duration.ofMinutes(1), _ -> 8.8);

    assertThat(decisions.records())
        .isNotEmpty()
        .allSatisfy(record -> assertThat(record.to()).isLessThanOrEqualTo(6));
  }

  @Test
  void noiseOfATenthChangesNothing() {
    for (int seed = 0; seed < 20; seed++) {
      var simulation = new ScalingSimulationTests();
      var random = new Random(seed);
      simulation.desired.set(SERVICE, 4);
      simulation.serving = 4;
      simulation.run(Duration.ofMinutes(10), _ -> 8.8 * (0.9 + 0.2 * random.nextDouble()));

      assertThat(simulation.changesOfDirection()).as("seed %d", seed).isLessThanOrEqualTo(1);
      assertThat(simulation.desired.counts().get(SERVICE)).isBetween(3, 5);
    }
  }

  @Test
  void loadNearAWatermarkDoesNotSwing() {
    for (int percent = 20; percent <= 110; percent += 2) {
      var simulation = new ScalingSimulationTests();
      var random = new Random(percent);
      double rate = 4 * CONCURRENCY * percent / 100.0;
      simulation.desired.set(SERVICE, 4);
      simulation.serving = 4;
      simulation.run(Duration.ofMinutes(10), _ -> rate * (0.9 + 0.2 * random.nextDouble()));

      assertThat(simulation.changesOfDirection())
          .as("load of %d %% of four instances: %s", percent, simulation.decisions.records())
          .isLessThanOrEqualTo(1);
    }
  }

  @Test
  void endOfTheLoadRetiresAllButTheLeastOneByOne() {
    desired.set(SERVICE, 4);
    serving = 4;
    run(Duration.ofSeconds(30), _ -> 8.8);
    assertThat(decisions.records()).isEmpty();

    run(Duration.ofSeconds(43), _ -> 0);
    assertThat(decisions.records()).isNotEmpty();
    run(Duration.ofSeconds(50), _ -> 0);

    assertThat(decisions.records()).extracting(ScalingRecord::to).containsExactly(3, 2, 1);
    assertThat(decisions.records().getLast().reason())
        .isEqualTo("congestion below 0.30 for 10.0 s");
  }

  @Test
  void missingFiguresForTenMinutesRetireNobody() {
    desired.set(SERVICE, 4);
    limits = new Scaling(1, 16, 0.8, 0.3, CONCURRENCY);
    for (int i = 0; i < 1_200; i++) {
      clock.advance(STEP);
      int missing = i % 10 == 0 ? 1 : 4;
      desired.update(
          SERVICE,
          limits,
          new Sample(clock.time().nanos(), 4, missing, 0, (4 - missing) * CONCURRENCY));
    }

    assertThat(desired.counts()).containsEntry(SERVICE, 4);
    assertThat(decisions.records()).isEmpty();
  }
}
