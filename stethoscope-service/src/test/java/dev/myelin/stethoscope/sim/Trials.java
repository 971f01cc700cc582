package dev.myelin.stethoscope.sim;

import dev.myelin.membership.Rendezvous;
import dev.myelin.stethoscope.sim.History.Event;
import dev.myelin.stethoscope.sim.SimNetwork.Weather;
import dev.myelin.wire.InstanceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The goals of health as trials, for tests at a small size and for `./benchmarks/run health` at a
/// large one.
public final class Trials {

  private Trials() {}

  /// A cluster whose instances have beaten for a while.
  private static SimCluster settled(long seed, int instances, int stethoscopes) {
    var cluster = new SimCluster(seed, Parts.PRODUCTION);
    for (int i = 1; i <= stethoscopes; i++) {
      cluster.open("core-" + i);
    }
    cluster.spawn(instances);
    cluster.run(5);
    return cluster;
  }

  /// A1: instances are stopped one by one.
  ///
  /// @param seconds time from one stop to the next
  /// @return from each stop to when the last client knows, shortest first
  public static List<Duration> hangs(
      long seed, int instances, int stethoscopes, int hangs, double seconds) {
    var cluster = settled(seed, instances, stethoscopes);
    for (int i = 0; i < hangs; i++) {
      cluster.hang(cluster.drawn(1).getFirst());
      cluster.run(seconds / 2 + cluster.random.nextDouble() * seconds);
    }
    cluster.run(10);
    return cluster.history.detections();
  }

  /// What a long run with a bad network came to.
  ///
  /// @param hours instance-hours
  /// @param falseQuarantines instances that served and were quarantined
  /// @param falseKills instances that served and were killed
  /// @param rival the same quarantines by a detector that counts three missed heartbeats
  public record LongRun(double hours, int falseQuarantines, int falseKills, int rival) {}

  /// A4, A5: 5 % of messages lost, 50 to 500 ms under way, a tenth of the instances stopped for a
  /// second once a minute.
  public static LongRun longRun(long seed, int instances, int stethoscopes, Duration length) {
    var cluster = new SimCluster(seed, Parts.PRODUCTION);
    cluster.network.weather(Weather.ROUGH);
    for (int i = 1; i <= stethoscopes; i++) {
      cluster.open("core-" + i);
    }
    cluster.spawn(instances);
    var rival = new ThreeMissed();
    cluster.rival = rival;
    cluster.time.every(Duration.ofMillis(250), () -> rival.look(cluster.time.now()));
    var pausing = cluster.drawn(instances / 10);
    for (var instance : pausing) {
      cluster.time.after(
          Duration.ofMillis(cluster.random.nextInt(60_000)),
          () -> {
            instance.process.freeze(Duration.ofSeconds(1));
            cluster.time.every(
                Duration.ofMinutes(1), () -> instance.process.freeze(Duration.ofSeconds(1)));
          });
    }
    cluster.run((double) length.toSeconds());
    return new LongRun(
        instances * (length.toSeconds() / 3600.0),
        cluster.history.falseQuarantines().size(),
        cluster.history.falseKills().size(),
        rival.accused());
  }

  /// What a checker's own trouble came to.
  ///
  /// @param instances how many there were
  /// @param falseQuarantines instances that served and were quarantined
  /// @param falseKills instances that served and were killed
  /// @param releasedAfter longest time from the end of the trouble until all were released
  /// @param answering share of calls that reached an instance that serves
  public record Trouble(
      int instances,
      int falseQuarantines,
      int falseKills,
      Duration releasedAfter,
      double answering) {}

  /// A6: one checker is stopped for five seconds, then starved: it runs a tenth of the time.
  public static Trouble starved(long seed, int instances, int stethoscopes) {
    var cluster = settled(seed, instances, stethoscopes);
    var checker = cluster.stethoscopes.values().iterator().next();
    checker.process.freeze(Duration.ofSeconds(5));
    cluster.run(15);
    for (int step = 0; step < 60; step++) {
      checker.process.freeze(Duration.ofMillis(450));
      cluster.run(0.5);
    }
    return trouble(cluster, instances, 1);
  }

  /// A7: what a checker is cut off from.
  public enum Cut {
    /// Nothing of an instance's arrives, neither beats nor answers.
    INBOUND,
    /// Nothing arrives at an instance: no questions, no answers to its beats.
    OUTBOUND,
    /// Both.
    ALL
  }

  /// A7, A9: one checker is cut off from a share of the instances for a minute, while callers call.
  ///
  /// @param share of the instances
  public static Trouble cutOff(long seed, int instances, int stethoscopes, double share, Cut cut) {
    var cluster = settled(seed, instances, stethoscopes);
    var checker = cluster.stethoscopes.keySet().iterator().next();
    Set<InstanceId> far =
        cluster.drawn((int) Math.round(instances * share)).stream()
            .map(instance -> instance.instance.id())
            .collect(Collectors.toCollection(HashSet::new));
    cluster.network.cut((from, to) ->
        (cut != Cut.OUTBOUND && to.equals(checker) && far.contains(from))
            || (cut != Cut.INBOUND && from.equals(checker) && far.contains(to)));
    var callers = new SimCallers(cluster);
    double worst = 1;
    for (int second = 0; second < 60; second++) {
      cluster.run(1);
      worst = Math.min(worst, callers.answered(200));
    }
    cluster.network.heal();
    return trouble(cluster, instances, worst);
  }

  private static Trouble trouble(SimCluster cluster, int instances, double answering) {
    var after = Duration.ZERO;
    while (!cluster.wronged().isEmpty() && after.compareTo(Duration.ofMinutes(1)) < 0) {
      cluster.run(0.1);
      after = after.plusMillis(100);
    }
    cluster.run(30);
    return new Trouble(
        instances,
        (int)
            cluster.history.falseQuarantines().stream()
                .map(Event.Quarantined::id)
                .distinct()
                .count(),
        cluster.history.falseKills().size(),
        after,
        answering);
  }

  /// What a mass failure came to.
  ///
  /// @param failed instances whose processes ended
  /// @param firstRespawn time until the first replacement was ordered
  /// @param lastRespawn time until the last one was
  /// @param mostKills instances with a running process that were killed within a minute
  /// @param limit how many may be
  public record MassFailure(
      int failed, Duration firstRespawn, Duration lastRespawn, int mostKills, int limit) {}

  /// A8: a share of the instances die at once, while a few others hang.
  public static MassFailure massFailure(long seed, int instances, int stethoscopes, double share) {
    var cluster = settled(seed, instances, stethoscopes);
    var hanging = cluster.drawn(instances / 10);
    var dying =
        cluster.drawn((int) Math.round(instances * share)).stream()
            .filter(instance -> !hanging.contains(instance))
            .toList();
    var begun = cluster.elapsed();
    dying.forEach(cluster::crash);
    hanging.forEach(cluster::hang);
    cluster.run(180);
    var dead = dying.stream().map(instance -> instance.instance.id()).collect(Collectors.toSet());
    var respawned =
        cluster.history.all(Event.Respawned.class).stream()
            .filter(event -> dead.contains(event.of()))
            .map(event -> event.at().minus(begun))
            .toList();
    return new MassFailure(
        dying.size(),
        respawned.isEmpty() ? Duration.ofHours(1) : respawned.getFirst(),
        respawned.size() < dying.size() ? Duration.ofHours(1) : respawned.getLast(),
        cluster.history.mostKillsInAMinute(),
        Math.max(1, instances / 10));
  }

  /// What a change of the number of stethoscopes came to.
  ///
  /// @param from how many there were
  /// @param to how many there are
  /// @param moved share of the instances whose stethoscope changed
  /// @param unwatched instances that nobody watched for longer than three seconds
  /// @param falseQuarantines instances that served and were quarantined
  public record Move(int from, int to, double moved, int unwatched, int falseQuarantines) {}

  /// B2: stethoscopes are added one by one, up to eight; then one is killed and stays listed.
  public static List<Move> moves(long seed, int instances) {
    var cluster = settled(seed, instances, 1);
    cluster.watchForUnwatched(Duration.ofSeconds(3), Duration.ofMillis(500));
    var moves = new ArrayList<Move>();
    for (int count = 2; count <= 8; count++) {
      var before = owners(cluster);
      cluster.open("core-" + count);
      cluster.run(6);
      moves.add(move(cluster, count - 1, count, before));
    }
    var before = owners(cluster);
    var victim = cluster.stethoscopes.values().iterator().next();
    cluster.kill(victim, Duration.ofSeconds(6));
    cluster.run(12);
    moves.add(move(cluster, 8, 7, before));
    return moves;
  }

  private static Move move(
      SimCluster cluster, int from, int to, Map<InstanceId, InstanceId> before) {
    var after = owners(cluster);
    long moved =
        after.entrySet().stream()
            .filter(each -> !each.getValue().equals(before.get(each.getKey())))
            .count();
    return new Move(
        from,
        to,
        (double) moved / after.size(),
        cluster.history.all(Event.Unwatched.class).size(),
        cluster.history.falseQuarantines().size());
  }

  private static Map<InstanceId, InstanceId> owners(SimCluster cluster) {
    var ring = new Rendezvous(cluster.stethoscopes.keySet());
    var owners = new HashMap<InstanceId, InstanceId>();
    for (var instance : cluster.all()) {
      var id = instance.instance.id();
      ring.first(id).ifPresent(owner -> owners.put(id, owner));
    }
    return owners;
  }
}
