package dev.myelin.orchestrator.reconcile;

import dev.myelin.wire.CallTotals;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Opinion;
import dev.myelin.wire.Reading;
import dev.myelin.wire.Reading.Health;
import dev.myelin.wire.ServiceLoad;
import dev.myelin.wire.Stethoscope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Readings as a test sets them.
public final class ScriptedStethoscope implements Stethoscope {

  private final Map<InstanceId, Reading> readings = new TreeMap<>();
  private final Map<InstanceId, Passed> passed = new TreeMap<>();

  private record Passed(long beats, long ended, long shed) {}

  /// Lets an instance beat: of the calls that would have to run at a time as many run as can, the
  /// others are shed.
  public void load(InstanceId id, String service, int inFlight, int concurrency) {
    var last = passed.getOrDefault(id, new Passed(0, 0, 0));
    int running = Math.min(inFlight, concurrency);
    var next =
        new Passed(
            last.beats() + 1,
            last.ended() + 100L * running,
            last.shed() + 100L * (inFlight - running));
    passed.put(id, next);
    var load =
        new ServiceLoad(
            service, inFlight, concurrency, next.ended(), 0, Duration.ZERO, next.shed());
    set(
        id,
        Health.HEALTHY,
        new Heartbeat(id, next.beats(), List.of(load), new CallTotals(10, 1, 0)));
  }

  /// Sets how the calls of an instance have ended.
  public void ended(InstanceId id, String service, long calls, long errors) {
    var load = new ServiceLoad(service, 0, 10, calls, errors, Duration.ZERO);
    set(id, Health.HEALTHY, new Heartbeat(id, 1, List.of(load), new CallTotals(10, 1, 0)));
  }

  /// Sets a verdict.
  public void judge(InstanceId id, Health health) {
    set(id, health, new Heartbeat(id, 1, List.of(), CallTotals.NONE));
  }

  private void set(InstanceId id, Health health, Heartbeat heartbeat) {
    readings.put(id, new Reading(id, health, Duration.ofMillis(400), heartbeat));
  }

  public void forget(InstanceId id) {
    readings.remove(id);
  }

  @Override
  public void beat(Heartbeat heartbeat) {
    set(heartbeat.id(), Health.HEALTHY, heartbeat);
  }

  @Override
  public List<Reading> readings() {
    return List.copyOf(readings.values());
  }

  @Override
  public Opinion opinion(Instance instance) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean listening() {
    throw new UnsupportedOperationException();
  }
}
