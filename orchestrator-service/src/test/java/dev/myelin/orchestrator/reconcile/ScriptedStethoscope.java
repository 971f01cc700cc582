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

  /// Sets what is known of an instance that beats.
  public void load(InstanceId id, String service, int inFlight, int concurrency) {
    var load = new ServiceLoad(service, inFlight, concurrency, 0, 0, Duration.ZERO);
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
