package dev.myelin.orchestrator.scaling;

import dev.myelin.orchestrator.reconcile.AutoscaledService;
import dev.myelin.orchestrator.scale.DecisionLog;
import dev.myelin.orchestrator.scale.ScalingRecord;
import dev.myelin.orchestrator.time.ManualTime;
import dev.myelin.wire.ApplicationDescription.Scaling;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Opinion;
import dev.myelin.wire.Reading;
import dev.myelin.wire.Reading.Health;
import dev.myelin.wire.Stethoscope;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.function.DoublePredicate;

/// One service under one load, in virtual time: what scales it is the production's, what is scaled
/// is arithmetic. The same seed gives the same run.
final class ScalingRun {

  private static final Duration TICK = Duration.ofMillis(10);
  private static final int TICKS_A_LOOK = 10;

  private final ManualTime clock = new ManualTime();
  private final Random random;
  private final Surroundings surroundings;
  private final DecisionLog decisions = new DecisionLog(10_000);
  private final List<SimulatedInstance> instances = new ArrayList<>();
  private final Queue<Runnable> answers = new ArrayDeque<>();
  private final Map<InstanceId, Beat> heard = new HashMap<>();
  private final Blindness blindness = new Blindness();
  private final AutoscaledService service;
  private DoublePredicate stethoscopeAway = _ -> false;
  private int named;
  private int turn;
  private int most;

  private record Beat(Heartbeat heartbeat, double at) {}

  ScalingRun(long seed, Scaling limits, Surroundings surroundings, Ruling ruling) {
    this.random = new Random(seed);
    this.surroundings = surroundings;
    this.service =
        new AutoscaledService(
            limits,
            ruling.windows(),
            ruling.rule(),
            decisions,
            new Readings(),
            answers::add,
            clock.time());
  }

  /// Begins with instances that have served for long.
  ScalingRun with(int count) {
    for (int i = 0; i < count; i++) {
      add(0).serveWarm(clock.time().nanos());
    }
    service.begin(instances.stream().map(SimulatedInstance::part).toList());
    return this;
  }

  /// Lets the stethoscope be away at times.
  ScalingRun stethoscopeAway(DoublePredicate when) {
    stethoscopeAway = when;
    return this;
  }

  /// Runs until a time.
  ScalingRun until(double seconds, LoadTrace load) {
    while (now() < seconds) {
      clock.advance(TICK);
      tick(load);
    }
    return this;
  }

  private void tick(LoadTrace load) {
    double seconds = now();
    double share = TICK.toNanos() / 1e9;
    arrive(load.callsASecond(seconds) * share);
    for (var instance : instances) {
      instance.pass(seconds, share, clock.time().nanos());
      if (beats(instance, seconds, share) && random.nextDouble() >= surroundings.lostBeats()) {
        heard.put(instance.id, new Beat(instance.beat(), seconds));
      }
    }
    instances.removeIf(instance ->
        instance.serving() && random.nextDouble() < surroundings.deathsASecond() * share);
    instances.removeIf(instance -> !instance.counts() && instance.empty());
    if (Math.round(seconds / share) % TICKS_A_LOOK == 0) {
      look(seconds);
    }
  }

  private static boolean beats(SimulatedInstance instance, double seconds, double share) {
    double into = (seconds + instance.beatPhase) % 1;
    return into < share;
  }

  private void arrive(double mean) {
    var serving = instances.stream().filter(SimulatedInstance::serving).toList();
    for (int calls = poisson(mean); calls > 0 && !serving.isEmpty(); calls--) {
      serving.get(turn++ % serving.size()).arrive();
    }
  }

  // By the times between arrivals; means are small, since ticks are short
  private int poisson(double mean) {
    int count = 0;
    for (double left = mean + Math.log(1 - random.nextDouble()); left > 0; count++) {
      left += Math.log(1 - random.nextDouble());
    }
    return count;
  }

  private void look(double seconds) {
    while (!answers.isEmpty()) {
      answers.remove().run();
    }
    blindness.look(
        seconds, instances.stream().filter(SimulatedInstance::serving).map(i -> i.id).toList());
    int before = decisions.records().size();
    service.update(instances.stream().map(SimulatedInstance::part).toList());
    decisions.records().stream().skip(before).forEach(change -> blindness.note(change, seconds));
    reconcile(seconds);
    most = Math.max(most, service.desired());
  }

  private void reconcile(double seconds) {
    var counting = instances.stream().filter(SimulatedInstance::counts).toList();
    for (int i = counting.size(); i < service.desired(); i++) {
      double range = surroundings.startMost() - surroundings.startLeast();
      add(seconds + surroundings.startLeast() + range * random.nextDouble());
    }
    for (int i = service.desired(); i < counting.size(); i++) {
      counting.get(counting.size() - 1 - (i - service.desired())).retire(clock.time().nanos());
    }
  }

  private SimulatedInstance add(double servesAt) {
    var id = new InstanceId(AutoscaledService.NAME + "-" + named++);
    var added =
        new SimulatedInstance(
            id, surroundings, new Random(random.nextLong()), servesAt, clock.time().nanos());
    instances.add(added);
    return added;
  }

  private double now() {
    return clock.elapsed().toNanos() / 1e9;
  }

  int desired() {
    return service.desired();
  }

  int most() {
    return most;
  }

  List<ScalingRecord> changes() {
    return decisions.records();
  }

  /// Decisions to retire while figures had been missing in the long window.
  List<ScalingRecord> blindRetirements() {
    return blindness.retirements();
  }

  /// Time of a change, in seconds since the beginning.
  static double seconds(ScalingRecord change) {
    return Duration.between(ManualTime.ORIGIN, change.at()).toNanos() / 1e9;
  }

  long changesOfDirection() {
    var records = changes();
    long changes = 0;
    for (int i = 1; i < records.size(); i++) {
      boolean up = records.get(i).to() > records.get(i).from();
      boolean upBefore = records.get(i - 1).to() > records.get(i - 1).from();
      changes += up == upBefore ? 0 : 1;
    }
    return changes;
  }

  private final class Readings implements Stethoscope {

    @Override
    public void beat(Heartbeat heartbeat) {
      throw new UnsupportedOperationException("the orchestrator does not beat here");
    }

    @Override
    public List<Reading> readings() {
      if (stethoscopeAway.test(now())) {
        throw new IllegalStateException("the stethoscope is away");
      }
      var readings = new ArrayList<Reading>();
      heard.forEach((id, beat) -> {
        blindness.heard(id, beat.at());
        readings.add(
            new Reading(
                id,
                Health.HEALTHY,
                Duration.ofNanos((long) ((now() - beat.at()) * 1e9)),
                beat.heartbeat()));
      });
      return readings;
    }

    @Override
    public Opinion opinion(Instance instance) {
      throw new UnsupportedOperationException("the orchestrator asks for no opinion");
    }

    @Override
    public boolean listening() {
      return true;
    }
  }
}
