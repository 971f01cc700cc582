package dev.myelin.orchestrator.reconcile;

import dev.myelin.orchestrator.observe.ReadingsWatch;
import dev.myelin.orchestrator.reconcile.Picture.Seen;
import dev.myelin.orchestrator.scale.DesiredCounts;
import dev.myelin.orchestrator.scale.Scaler;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.ServiceNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// How many instances of the application's services there should be. Confined to the loop's thread.
final class Autoscaling {

  private static final Duration INTERVAL = Duration.ofMillis(500);

  private final ApplicationDescription application;
  private final DesiredCounts desired;
  private final LoadSampling sampling;
  private final ReadingsWatch readings;
  private final Time time;
  private long last;

  Autoscaling(
      ApplicationDescription application,
      DesiredCounts desired,
      LoadSampling sampling,
      ReadingsWatch readings,
      Time time) {
    this.application = application;
    this.desired = desired;
    this.sampling = sampling;
    this.readings = readings;
    this.time = time;
    this.last = time.nanos();
  }

  /// Begins with what is there, within each service's limits: an orchestrator that takes over must
  /// not retire what its predecessor has scaled up.
  void begin(List<Seen> found, ReconcileSettings.Counts processes) {
    desired.set(ServiceNames.FRONT, processes.front());
    if (processes.cores() > 0) {
      desired.set(ServiceNames.CORE, processes.cores());
    }
    for (var service : application.services()) {
      long there =
          found.stream()
              .filter(seen -> seen.tracked().stage().counts() && !seen.draining())
              .filter(seen -> seen.tracked().service().equals(service.name()))
              .count();
      var limits = service.attributes().scaling();
      int least = Scaler.least(limits);
      desired.set(service.name(), Math.clamp(there, least, Math.max(least, limits.maxInstances())));
    }
  }

  /// Number of instances of each service, the front first.
  Map<String, Integer> counts() {
    return desired.counts();
  }

  /// Asks for new readings, and follows those that have come; twice a second, however often it is
  /// called.
  void update(Picture picture) {
    if (!time.passed(last, INTERVAL)) {
      return;
    }
    last = time.nanos();
    readings.refresh();
    var heard = readings.latest();
    sampling.retain(picture);
    for (var service : application.services()) {
      desired.update(
          service.name(),
          service.attributes().scaling(),
          sampling.sample(service.name(), picture, heard));
    }
  }
}
