package dev.myelin.orchestrator.scaling;

import dev.myelin.orchestrator.scale.Counts;
import dev.myelin.orchestrator.scale.Decision;
import dev.myelin.orchestrator.scale.Decision.Down;
import dev.myelin.orchestrator.scale.Decision.Up;
import dev.myelin.orchestrator.scale.Sample;
import dev.myelin.orchestrator.scale.Sample.Flow;
import dev.myelin.orchestrator.scale.Scaler;
import dev.myelin.orchestrator.scale.ScalingRule;
import dev.myelin.orchestrator.scale.ScalingWindows;
import dev.myelin.wire.ApplicationDescription.Scaling;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/// Rules with a mistake each, made of the right one by spoiling what goes in or comes out.
final class PlantedBugs {

  private static final ScalingWindows WINDOWS = Ruling.WINDOWS;
  private static final ScalingRule RIGHT = new Scaler(WINDOWS);

  private PlantedBugs() {}

  static List<Ruling> all() {
    return List.of(
        rule("silence counts as idleness", seen(PlantedBugs::silenceAsIdleness)),
        rule("starting instances are overlooked", PlantedBugs::overlookingStarts),
        rule("the queue counts as load", seen(PlantedBugs::queueAsLoad)),
        rule("one idle moment is enough", PlantedBugs::hasty),
        rule("watermarks too close", PlantedBugs::nervous),
        windows("figures never grow old", Duration.ofHours(1), WINDOWS.warmUp()),
        windows("young instances count", WINDOWS.stale(), Duration.ZERO));
  }

  private static Ruling rule(String name, ScalingRule rule) {
    return new Ruling(name, WINDOWS, rule);
  }

  private static Ruling windows(String name, Duration stale, Duration warmUp) {
    var windows =
        new ScalingWindows(
            WINDOWS.high(), WINDOWS.low(), WINDOWS.step(), stale, warmUp, WINDOWS.idle());
    return new Ruling(name, windows, new Scaler(windows));
  }

  private static ScalingRule seen(UnaryOperator<Sample> spoiled) {
    return (limits, counts, samples, now) ->
        RIGHT.decide(limits, counts, samples.stream().map(spoiled).toList(), now);
  }

  private static Sample silenceAsIdleness(Sample sample) {
    int each = sample.concurrency() / Math.max(1, sample.serving() - sample.missing());
    return new Sample(
        sample.at(),
        sample.serving(),
        0,
        sample.inFlight(),
        sample.serving() * Math.max(1, each),
        sample.flow());
  }

  private static Sample queueAsLoad(Sample sample) {
    int running = sample.flow().running();
    return new Sample(
        sample.at(),
        sample.serving(),
        sample.missing(),
        sample.inFlight(),
        sample.concurrency(),
        new Flow(running, sample.inFlight(), running));
  }

  private static Decision overlookingStarts(
      Scaling limits, Counts counts, List<Sample> samples, long now) {
    int serving = Math.max(1, counts.serving());
    var decision =
        RIGHT.decide(limits, new Counts(serving, serving, Duration.ofHours(1)), samples, now);
    // what starts is not there for it, so it is ordered once more
    return decision instanceof Up(var to, var reason)
        ? new Up(Math.min(limits.maxInstances(), counts.desired() + to - serving), reason)
        : decision;
  }

  private static Decision hasty(Scaling limits, Counts counts, List<Sample> samples, long now) {
    var last = samples.getLast();
    return counts.desired() > 1
            && counts.serving() == counts.desired()
            && last.heard()
            && last.congestion() < limits.highWatermark() / 2
        ? new Down(counts.desired() - 1, "idle")
        : RIGHT.decide(limits, counts, samples, now);
  }

  private static Decision nervous(Scaling limits, Counts counts, List<Sample> samples, long now) {
    var close =
        new Scaling(limits.minInstances(), limits.maxInstances(), 0.55, 0.5, limits.concurrency());
    return RIGHT.decide(close, counts, samples, now);
  }
}
