package dev.myelin.orchestrator.reconcile;

import dev.myelin.orchestrator.observe.ReadingsWatch.Readings;
import dev.myelin.orchestrator.reconcile.Picture.Seen;
import dev.myelin.orchestrator.scale.Sample;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.ServiceLoad;
import java.time.Duration;
import java.util.Optional;

/// Reads the load of a service off its instances' heartbeats.
///
/// @param time tells how old readings are
/// @param stale age at which a reading counts as missing
record LoadSampling(Time time, Duration stale) {

  /// Load of a service, over the instances that take its calls; those that start, leave or are in
  /// quarantine do not count.
  Sample sample(String service, Picture picture, Readings readings) {
    int serving = 0;
    int missing = 0;
    int inFlight = 0;
    int concurrency = 0;
    long calls = 0;
    for (var seen : picture.seen()) {
      if (takesCalls(seen, service)) {
        serving++;
        var load = load(seen.tracked().id(), service, readings);
        missing += load.isPresent() ? 0 : 1;
        inFlight += load.map(ServiceLoad::inFlight).orElse(0);
        concurrency += load.map(ServiceLoad::concurrency).orElse(0);
        calls += load.map(ServiceLoad::calls).orElse(0L);
      }
    }
    return new Sample(picture.now(), serving, missing, inFlight, concurrency, calls);
  }

  private static boolean takesCalls(Seen seen, String service) {
    return seen.alive()
        && seen.tracked().service().equals(service)
        && seen.tracked().state(seen.member()).filter(InstanceState.SERVING::equals).isPresent();
  }

  private Optional<ServiceLoad> load(InstanceId id, String service, Readings readings) {
    if (!readings.fresh(id, time, stale)) {
      return Optional.empty();
    }
    return Optional.ofNullable(readings.byId().get(id))
        .map(reading -> reading.heartbeat())
        .map(Heartbeat::served)
        .flatMap(
            served -> served.stream().filter(load -> load.service().equals(service)).findFirst());
  }
}
