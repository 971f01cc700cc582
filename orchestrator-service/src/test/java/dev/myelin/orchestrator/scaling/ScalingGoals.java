package dev.myelin.orchestrator.scaling;

import dev.myelin.orchestrator.scale.ScalingRecord;
import dev.myelin.wire.ApplicationDescription.Scaling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoublePredicate;

/// The goals of scaling, each measured over many runs of the simulation. The same seed gives the
/// same figures.
public final class ScalingGoals {

  private static final double HIGH = 0.8;
  private static final double LOW = 0.3;
  private static final double TARGET = (HIGH + LOW) / 2;
  private static final int MOST = 40;
  private static final double STEP_AT = 15;
  private static final double TEN_MINUTES = 600;

  private final Ruling ruling;
  private final long firstSeed;
  private final int seeds;

  /// What a goal came to.
  ///
  /// @param goal its name
  /// @param met whether it was met in every run
  /// @param text the figures
  public record Figure(String goal, boolean met, String text) {}

  /// Measures the production's rule.
  ///
  /// @param firstSeed the first seed
  /// @param seeds how many seeds, one after the other
  public ScalingGoals(long firstSeed, int seeds) {
    this(Ruling.PRODUCTION, firstSeed, seeds);
  }

  ScalingGoals(Ruling ruling, long firstSeed, int seeds) {
    this.ruling = ruling;
    this.firstSeed = firstSeed;
    this.seeds = seeds;
  }

  /// All three goals.
  public List<Figure> all() {
    return List.of(step(), noise(), missingFigures());
  }

  private ScalingRun run(long seed, Surroundings surroundings, int instances) {
    var limits = new Scaling(1, MOST, HIGH, LOW, surroundings.concurrency());
    return new ScalingRun(seed, limits, surroundings, ruling).with(instances);
  }

  /// J1: four times the load, all at once.
  public Figure step() {
    var slow = Surroundings.of(0.05, 32).withStarts(15, 30);
    var cases =
        List.of(
            Surroundings.of(0.05, 16), Surroundings.of(0.05, 32), Surroundings.of(0.2, 32), slow);
    var tally = new StepTally();
    for (var surroundings : cases) {
      steps(surroundings, 1, tally);
    }
    steps(Surroundings.of(0.05, 32), 2, tally);
    return new Figure("J1", tally.met(), tally.text());
  }

  /// The same where so few calls come that chance decides: 3.6 to 14.4 a second, of a second each.
  public String fewCalls() {
    var tally = new StepTally();
    steps(Surroundings.of(1, 8), 1, tally);
    return tally.text();
  }

  private void steps(Surroundings surroundings, int instances, StepTally tally) {
    double before = 0.45 * surroundings.concurrency() * instances;
    double after = 4 * before;
    var load = LoadTrace.step(surroundings.rate(before), surroundings.rate(after), STEP_AT);
    int right = (int) Math.ceil(after / (TARGET * surroundings.concurrency()));
    for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
      tally.add(run(seed, surroundings, instances).until(STEP_AT + 90, load), STEP_AT, right);
    }
  }

  /// J2: a tenth more or less from second to second, at every height of the load.
  public Figure noise() {
    var surroundings = Surroundings.of(0.2, 16);
    long worst = 0;
    int runs = 0;
    for (int percent = 20; percent <= 110; percent += 10) {
      double rate = surroundings.rate(4 * surroundings.concurrency() * percent / 100.0);
      for (long seed = firstSeed; seed < firstSeed + seeds; seed++, runs++) {
        var run = run(seed, surroundings, 4);
        run.until(TEN_MINUTES, LoadTrace.steady(rate).withNoise(0.1, seed));
        worst = Math.max(worst, run.changesOfDirection());
      }
    }
    return new Figure(
        "J2",
        worst <= 1,
        "changes of direction in 10 min at ±10 %%: at most %d, N=%d".formatted(worst, runs));
  }

  /// J3: heartbeats lost, the stethoscope away, instances dying, while the load falls.
  public Figure missingFigures() {
    var blind = new ArrayList<ScalingRecord>();
    int down = 0;
    int runs = 0;
    DoublePredicate away = seconds -> seconds % 60 > 35;
    DoublePredicate never = _ -> false;
    var beatsLost = Surroundings.of(0.2, 16).withLostBeats(0.6);
    var dying = Surroundings.of(0.2, 16).withDeaths(0.02).withStarts(3, 20);
    for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
      var busy = LoadTrace.ramp(250, 20, 300).withNoise(0.1, seed).withSpikes(2, 0.1, seed);
      for (var run :
          List.of(
              run(seed, Surroundings.of(0.2, 16), 8).stethoscopeAway(away).until(180, busy),
              run(seed, Surroundings.of(0.2, 16), 8)
                  .stethoscopeAway(away)
                  .until(180, LoadTrace.SILENCE),
              run(seed, beatsLost, 8).stethoscopeAway(never).until(180, LoadTrace.SILENCE),
              run(seed, dying, 8).stethoscopeAway(away).until(180, busy))) {
        blind.addAll(run.blindRetirements());
        down += (int) run.changes().stream().filter(change -> change.to() < change.from()).count();
        runs++;
      }
    }
    return new Figure(
        "J3",
        blind.isEmpty() && down > 0,
        "retired on missing figures: %d of %d retirements, N=%d"
            .formatted(blind.size(), down, runs));
  }

  /// The decisions of one step, for people.
  public List<String> trace() {
    var surroundings = Surroundings.of(0.05, 32);
    double before = 0.45 * surroundings.concurrency();
    var up = LoadTrace.step(surroundings.rate(before), surroundings.rate(4 * before), STEP_AT);
    var run = run(firstSeed, surroundings, 1).until(75, up);
    run.until(150, LoadTrace.steady(surroundings.rate(before)));
    return run.changes().stream()
        .map(change ->
            String.format(
                Locale.ROOT,
                "%6.1f s  %d → %d  %s",
                ScalingRun.seconds(change),
                change.from(),
                change.to(),
                change.reason()))
        .toList();
  }
}
