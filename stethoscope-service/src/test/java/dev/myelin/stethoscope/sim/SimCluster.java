package dev.myelin.stethoscope.sim;

import dev.myelin.membership.Rendezvous;
import dev.myelin.orchestrator.flag.FlagGate;
import dev.myelin.stethoscope.sim.History.Event;
import dev.myelin.wire.Announcement;
import dev.myelin.wire.Announcement.Change;
import dev.myelin.wire.Flag;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A cluster of instances and stethoscopes, with what is true of them, on a virtual clock.
///
/// One seed, one history. Not thread-safe.
final class SimCluster {

  private static final Duration START = Duration.ofSeconds(3);
  private static final Duration PUSH = Duration.ofMillis(20);
  private static final Duration EXIT_SEEN = Duration.ofMillis(50);

  final SimTime time = new SimTime();
  final Random random;
  final Parts parts;
  final SimNetwork network;
  final SimPubSub pubsub;
  final SimProcess orchestrator = new SimProcess(new InstanceId("orchestrator"), time);
  final Map<InstanceId, SimInstance> instances = new LinkedHashMap<>();
  final Map<InstanceId, SimStethoscope> stethoscopes = new LinkedHashMap<>();
  final History history = new History();

  /// A rival that gets a heartbeat of its own whenever an instance beats, over the same network.
  @Nullable ThreeMissed rival;

  private final FlagGate gate;
  private final Map<InstanceId, Member> members = new TreeMap<>();
  private final long begun = time.now();
  private boolean pushing;
  private int spawned;
  private boolean respawns = true;

  SimCluster(long seed, Parts parts) {
    this.random = new Random(seed);
    this.parts = parts;
    this.network = new SimNetwork(time, random);
    this.pubsub = new SimPubSub(random, this::apply);
    this.gate = parts.gate();
  }

  Duration elapsed() {
    return Duration.ofNanos(time.now() - begun);
  }

  void run(double seconds) {
    time.run(Duration.ofMillis((long) (seconds * 1_000)));
  }

  void respawns(boolean does) {
    respawns = does;
  }

  /// Starts instances, their beats spread over a second.
  void spawn(int count) {
    for (int i = 0; i < count; i++) {
      var instance = new SimInstance("i-%05d".formatted(spawned++), this);
      instances.put(instance.instance.id(), instance);
      members.put(instance.instance.id(), new Member(instance.instance, InstanceState.SERVING));
      instance.see(listed());
      time.after(fraction(Duration.ofSeconds(1)), instance.process.task(instance.pulse::start));
    }
    push();
  }

  /// Starts a stethoscope; everybody looks who is there once a second.
  SimStethoscope open(String id) {
    var stethoscope = new SimStethoscope(id, this);
    stethoscopes.put(stethoscope.instance.id(), stethoscope);
    look(stethoscope);
    stethoscopesChanged();
    push();
    return stethoscope;
  }

  /// Kills a stethoscope; its file is removed once it is missed.
  void kill(SimStethoscope stethoscope, Duration listedFor) {
    stethoscope.process.kill();
    time.after(
        listedFor,
        () -> {
          stethoscopes.remove(stethoscope.instance.id());
          stethoscopesChanged();
        });
  }

  private Rendezvous listed() {
    return new Rendezvous(stethoscopes.keySet());
  }

  private void stethoscopesChanged() {
    var seen = listed();
    for (var instance : instances.values()) {
      time.after(fraction(Duration.ofSeconds(1)), () -> instance.see(seen));
    }
    for (var stethoscope : stethoscopes.values()) {
      time.after(
          fraction(Duration.ofSeconds(1)), stethoscope.process.task(() -> look(stethoscope)));
    }
  }

  private void look(SimStethoscope stethoscope) {
    var processes = stethoscopes.values().stream().map(each -> each.instance).toList();
    parts.colleagues(stethoscope.ward, processes);
  }

  private Duration fraction(Duration whole) {
    return Duration.ofNanos((long) (random.nextDouble() * whole.toNanos()));
  }

  CompletableFuture<?> beat(
      SimInstance from, InstanceId to, Heartbeat heartbeat, Duration timeout) {
    beatToRival(from, to, heartbeat);
    var stethoscope = stethoscopes.get(to);
    if (stethoscope == null) {
      return CompletableFuture.failedFuture(new IllegalStateException("gone"));
    }
    return network.call(
        from.process,
        stethoscope.process,
        timeout,
        false,
        () -> {
          parts.beat(stethoscope.ward, heartbeat, stethoscope.measures);
          return CompletableFuture.completedFuture(true);
        });
  }

  private void beatToRival(SimInstance from, InstanceId to, Heartbeat heartbeat) {
    var listening = rival;
    if (listening != null && from.beatToRival < heartbeat.sequence()) {
      from.beatToRival = heartbeat.sequence();
      long arrival = network.arrival(from.process.id, to);
      if (arrival >= 0) {
        time.at(time.now() + arrival, () -> listening.heard(heartbeat.id(), time.now()));
      }
    }
  }

  /// Stops an instance for good; it stays a member.
  void hang(SimInstance instance) {
    instance.process.hang();
    history.add(new Event.Failed(elapsed(), instance.instance.id(), false));
  }

  /// Kills an instance's process: the orchestrator sees that and replaces it.
  void crash(SimInstance instance) {
    instance.process.kill();
    history.add(new Event.Failed(elapsed(), instance.instance.id(), true));
    time.after(EXIT_SEEN, () -> replace(instance.instance.id()));
  }

  private void replace(InstanceId id) {
    members.remove(id);
    instances.remove(id);
    push();
    if (respawns) {
      history.add(new Event.Respawned(elapsed(), id));
      time.after(START, () -> spawn(1));
    }
  }

  private void apply(Announcement announcement) {
    var id = announcement.id();
    var member = members.get(id);
    var state =
        announcement.change() == Change.QUARANTINE
            ? InstanceState.QUARANTINED
            : InstanceState.SERVING;
    if (member == null || member.state() == state) {
      return;
    }
    members.put(id, member.withState(state));
    push();
    // The last of the clients knows a moment later
    time.after(
        PUSH.plus(pubsub.delay()),
        () -> {
          var instance = instances.get(id);
          boolean well = instance != null && instance.well();
          history.add(
              state == InstanceState.QUARANTINED
                  ? new Event.Quarantined(elapsed(), id, well)
                  : new Event.Released(elapsed(), id));
        });
  }

  private void push() {
    if (pushing) {
      return;
    }
    pushing = true;
    time.after(
        PUSH,
        () -> {
          pushing = false;
          var all = List.copyOf(members.values());
          for (var stethoscope : stethoscopes.values()) {
            time.after(
                pubsub.delay(), stethoscope.process.task(() -> parts.watch(stethoscope.ward, all)));
          }
        });
  }

  Flag.Answer flag(Flag flag) {
    var instance = instances.get(flag.id());
    if (instance == null || instance.process.gone()) {
      return new Flag.Answer(false, "gone");
    }
    int suspect = quarantined();
    var situation =
        new FlagGate.Situation(stethoscopes.keySet(), new Flag.Census(members.size(), suspect));
    var answer = gate.decide(flag, situation, time.now());
    if (answer.taken()) {
      history.add(
          new Event.Killed(
              elapsed(),
              flag,
              instance.well(),
              stethoscopes.size(),
              Math.max(suspect, flag.census().suspect()),
              members.size()));
      instance.process.kill();
      time.after(EXIT_SEEN, () -> replace(flag.id()));
    }
    return answer;
  }

  int quarantined() {
    int count = 0;
    for (var member : members.values()) {
      count += member.state() == InstanceState.QUARANTINED ? 1 : 0;
    }
    return count;
  }

  List<Member> members() {
    return List.copyOf(members.values());
  }

  /// Quarantined members that serve.
  List<InstanceId> wronged() {
    return members.values().stream()
        .filter(member -> member.state() == InstanceState.QUARANTINED)
        .map(Member::instance)
        .map(Instance::id)
        .filter(id -> instances.get(id) != null && instances.get(id).well())
        .toList();
  }

  /// From now on, notes every instance that no running stethoscope watches for longer than that.
  void watchForUnwatched(Duration limit, Duration step) {
    var watchedAt = new HashMap<InstanceId, Long>();
    time.every(
        step,
        () -> {
          for (var stethoscope : stethoscopes.values()) {
            if (stethoscope.process.runs(time.now())) {
              stethoscope
                  .ward
                  .readings()
                  .forEach(reading -> watchedAt.put(reading.id(), time.now()));
            }
          }
          for (var id : members.keySet()) {
            long before = watchedAt.computeIfAbsent(id, _ -> time.now());
            if (time.now() - before > limit.toNanos()) {
              history.add(new Event.Unwatched(elapsed(), id));
              watchedAt.put(id, time.now());
            }
          }
        });
  }

  /// Instances that serve, in the order in which they came.
  List<SimInstance> well() {
    return instances.values().stream().filter(SimInstance::well).toList();
  }

  /// Some of them, drawn at random.
  List<SimInstance> drawn(int count) {
    var all = new ArrayList<>(well());
    Collections.shuffle(all, random);
    return all.subList(0, Math.min(count, all.size()));
  }

  Collection<SimInstance> all() {
    return instances.values();
  }
}
