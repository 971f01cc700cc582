package dev.myelin.benchmarks.health;

import dev.myelin.benchmarks.health.HealthTrial.Lines;
import dev.myelin.stethoscope.sim.History;
import dev.myelin.stethoscope.sim.Trials;
import dev.myelin.stethoscope.sim.Trials.Cut;
import java.time.Duration;
import java.util.List;

/// The simulated goals at the size of the command.
///
/// @param instances how many live in the long run
/// @param hours how long the long run is
public record HealthTrials(int instances, int hours) {

  private static final List<Integer> CHECKERS = List.of(1, 2);

  /// All of them, in order.
  public List<HealthTrial> all() {
    return List.of(
        new HealthTrial("A1", "instances are stopped one by one; the last client knows", this::a1),
        new HealthTrial(
            "A4", "5 % lost, 50-500 ms, 1 s pauses on a tenth: false quarantines", this::a4),
        new HealthTrial("A5", "the same: false kills", this::a4),
        new HealthTrial("A6", "a checker stopped for 5 s, then starved for 30 s", this::a6),
        new HealthTrial("A7", "a checker cut off from 30, 55, 90, 100 % for 60 s", this::a7),
        new HealthTrial("A8", "60 and 100 % of the processes die while others hang", this::a8),
        new HealthTrial("A9", "more than half are quarantined", this::a9),
        new HealthTrial("B2", "1 to 8 stethoscopes, one by one, then one dies", this::b2));
  }

  private void a1(long seed, Lines lines) {
    for (int size : List.of(20, 1_000, 10_000)) {
      for (int checkers : CHECKERS) {
        int hangs = size == 20 ? 100 : 200;
        double apart = size == 20 ? 40 : 5_000.0 / size;
        var found = Trials.hangs(seed, size, checkers, hangs, apart);
        double median = History.percentile(found, 0.5);
        double worst = History.percentile(found, 0.99);
        lines.goal(
            median <= 1.8 && worst <= 2.5,
            "%,d instances, %d stethoscope(s): p50 %.2f s, p99 %.2f s of %d",
            size,
            checkers,
            median,
            worst,
            found.size());
      }
    }
  }

  private void a4(long seed, Lines lines) {
    for (int checkers : CHECKERS) {
      var run = Trials.longRun(seed, instances, checkers, Duration.ofHours(hours));
      double allowed = run.hours() / 10_000;
      lines.goal(
          run.falseQuarantines() <= allowed && run.rival() >= 50 * run.falseQuarantines(),
          "A4 %d stethoscope(s): %d false quarantines in %,.0f instance-hours; three missed beats: %,d",
          checkers,
          run.falseQuarantines(),
          run.hours(),
          run.rival());
      lines.goal(
          run.falseKills() == 0,
          "A5 %d stethoscope(s): %d false kills in %,.0f instance-hours (the goal's N is 240,000)",
          checkers,
          run.falseKills(),
          run.hours());
    }
  }

  private void a6(long seed, Lines lines) {
    for (int checkers : CHECKERS) {
      var trouble = Trials.starved(seed, 1_000, checkers);
      lines.goal(
          trouble.falseKills() == 0
              && trouble.falseQuarantines() <= trouble.instances() / 100
              && trouble.releasedAfter().compareTo(Duration.ofSeconds(3)) <= 0,
          "%d stethoscope(s): %d kills, %d of %,d quarantined, all released %.1f s after",
          checkers,
          trouble.falseKills(),
          trouble.falseQuarantines(),
          trouble.instances(),
          seconds(trouble.releasedAfter()));
    }
  }

  private void a7(long seed, Lines lines) {
    for (int checkers : CHECKERS) {
      for (double share : List.of(0.3, 0.55, 0.9, 1.0)) {
        for (var cut : Cut.values()) {
          var trouble = Trials.cutOff(seed, 1_000, checkers, share, cut);
          lines.goal(
              trouble.falseKills() == 0,
              "%d stethoscope(s), %.0f %% %-8s: %d kills, %d quarantined, released %.1f s after",
              checkers,
              share * 100,
              cut,
              trouble.falseKills(),
              trouble.falseQuarantines(),
              seconds(trouble.releasedAfter()));
        }
      }
    }
  }

  private void a8(long seed, Lines lines) {
    for (int checkers : CHECKERS) {
      for (double share : List.of(0.6, 1.0)) {
        var failure = Trials.massFailure(seed, 1_000, checkers, share);
        lines.goal(
            seconds(failure.lastRespawn()) <= 1 && failure.mostKills() <= failure.limit(),
            "%d stethoscope(s), %d died: replaced %.2f to %.2f s after; living killed a minute: %d of at most %d",
            checkers,
            failure.failed(),
            seconds(failure.firstRespawn()),
            seconds(failure.lastRespawn()),
            failure.mostKills(),
            failure.limit());
      }
    }
  }

  private void a9(long seed, Lines lines) {
    for (double share : List.of(0.55, 0.9, 1.0)) {
      var trouble = Trials.cutOff(seed, 1_000, 1, share, Cut.ALL);
      lines.goal(
          trouble.answering() >= 0.999,
          "%d of %,d quarantined though they serve: worst second %.1f %% of 200 calls answered",
          trouble.falseQuarantines(),
          trouble.instances(),
          trouble.answering() * 100);
    }
  }

  private void b2(long seed, Lines lines) {
    for (var move : Trials.moves(seed, 100_000)) {
      double most = 1.5 / Math.max(move.from(), move.to());
      lines.goal(
          move.moved() <= most && move.unwatched() == 0 && move.falseQuarantines() == 0,
          "%d to %d: %.1f %% of 100,000 moved (at most %.1f %%), %d unwatched for 3 s, %d false quarantines",
          move.from(),
          move.to(),
          move.moved() * 100,
          most * 100,
          move.unwatched(),
          move.falseQuarantines());
    }
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1_000.0;
  }
}
