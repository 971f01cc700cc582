package dev.myelin.orchestrator.scale;

import dev.myelin.orchestrator.observe.ReadingsWatch.Readings;
import dev.myelin.orchestrator.scale.Sample.Flow;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.ServiceLoad;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the load of a service off its instances' heartbeats. Confined to one thread.
///
/// Remembers each instance's last heartbeat, to tell what passed through it until the next one.
public final class LoadSampling {

  private final Time time;
  private final ScalingWindows windows;
  private final Map<InstanceId, Heard> last = new HashMap<>();

  /// An instance that takes calls.
  ///
  /// @param id which one
  /// @param since the ticker's reading since when it does
  public record Serving(InstanceId id, long since) {}

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
  public LoadSampling(Time time, ScalingWindows windows) {
    this.time = time;
    this.windows = windows;
  }

  /// Forgets instances that are not there any more.
  ///
  /// @param there those that are
  public void retain(Set<InstanceId> there) {
    last.keySet().retainAll(there);
  }

  /// Load of a service.
  ///
  /// @param service which service
  /// @param instances those that take its calls; those that start, leave or are in quarantine are
  ///   not among them
  /// @param now the ticker's reading
  /// @param readings what the stethoscopes last said
  public Sample sample(String service, Collection<Serving> instances, long now, Readings readings) {
    int missing = 0;
    int inFlight = 0;
    int concurrency = 0;
    var flow = Flow.NONE;
    for (var instance : instances) {
      var heard = heard(instance.id(), service, readings);
      var passed = heard.map(its -> passed(instance.id(), its));
      if (heard.isEmpty() || now - instance.since() < windows.warmUp().toNanos()) {
        missing++;
      } else {
        inFlight += heard.get().load().inFlight();
        concurrency += heard.get().load().concurrency();
        flow = flow.plus(passed.orElse(Flow.NONE));
      }
    }
    return new Sample(now, instances.size(), missing, inFlight, concurrency, flow);
  }

  private Flow passed(InstanceId id, Heard now) {
    var before = last.put(id, now);
    return (before == null ? now : before).until(now);
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
