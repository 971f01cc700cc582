package dev.myelin.orchestrator.reconcile;

import dev.myelin.orchestrator.observe.ReadingsWatch.Readings;
import dev.myelin.orchestrator.reconcile.Picture.Seen;
import dev.myelin.orchestrator.scale.Sample;
import dev.myelin.orchestrator.scale.Sample.Flow;
import dev.myelin.orchestrator.scale.ScalingWindows;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.ServiceLoad;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Reads the load of a service off its instances' heartbeats. Confined to the loop's thread.
///
/// Remembers each instance's last heartbeat, to tell what passed through it until the next one.
final class LoadSampling {

  private final Time time;
  private final ScalingWindows windows;
  private final Map<InstanceId, Heard> last = new HashMap<>();

  private record Heard(long sequence, ServiceLoad load) {

    Flow until(Heard next) {
      int running = Math.min(next.load.inFlight(), next.load.concurrency());
      if (next.sequence <= sequence) {
        return new Flow(running, 0, 0);
      }
      long ended = next.load.calls() - load.calls();
      long shed = next.load.shed() - load.shed();
      return new Flow(running, ended + shed + next.load.inFlight() - load.inFlight(), ended);
    }
  }

  /// Creates it; nothing is remembered.
  ///
  /// @param time tells how old readings are
  /// @param windows when a reading is too old to count, and an instance too young
  LoadSampling(Time time, ScalingWindows windows) {
    this.time = time;
    this.windows = windows;
  }

  /// Forgets instances that are not there any more.
  void retain(Picture picture) {
    last.keySet()
        .retainAll(
            picture.seen().stream().map(seen -> seen.tracked().id()).collect(Collectors.toSet()));
  }

  /// Load of a service, over the instances that take its calls; those that start, leave or are in
  /// quarantine do not count.
  Sample sample(String service, Picture picture, Readings readings) {
    int serving = 0;
    int missing = 0;
    int inFlight = 0;
    int concurrency = 0;
    var flow = Flow.NONE;
    for (var seen : picture.seen()) {
      if (takesCalls(seen, service)) {
        serving++;
        var id = seen.tracked().id();
        var heard = heard(id, service, readings);
        var passed = heard.map(now -> passed(id, now));
        if (heard.isEmpty() || young(seen, picture.now())) {
          missing++;
        } else {
          inFlight += heard.get().load().inFlight();
          concurrency += heard.get().load().concurrency();
          flow = flow.plus(passed.orElse(Flow.NONE));
        }
      }
    }
    return new Sample(picture.now(), serving, missing, inFlight, concurrency, flow);
  }

  private Flow passed(InstanceId id, Heard now) {
    var before = last.put(id, now);
    return (before == null ? now : before).until(now);
  }

  private boolean young(Seen seen, long now) {
    return now - seen.tracked().since() < windows.warmUp().toNanos();
  }

  private static boolean takesCalls(Seen seen, String service) {
    return seen.alive()
        && seen.tracked().service().equals(service)
        && seen.tracked().state(seen.member()).filter(InstanceState.SERVING::equals).isPresent();
  }

  private Optional<Heard> heard(InstanceId id, String service, Readings readings) {
    if (!readings.fresh(id, time, windows.stale())) {
      return Optional.empty();
    }
    var reading = readings.byId().get(id);
    var heartbeat = reading == null ? null : reading.heartbeat();
    return heartbeat == null ? Optional.empty() : heard(heartbeat, service);
  }

  private static Optional<Heard> heard(Heartbeat heartbeat, String service) {
    return heartbeat.served().stream()
        .filter(load -> load.service().equals(service))
        .findFirst()
        .map(load -> new Heard(heartbeat.sequence(), load));
  }
}
