package dev.myelin.orchestrator.reconcile;

import dev.myelin.orchestrator.observe.ReadingsWatch;
import dev.myelin.orchestrator.reconcile.Picture.Seen;
import dev.myelin.orchestrator.scale.DesiredCounts;
import dev.myelin.orchestrator.scale.LoadSampling;
import dev.myelin.orchestrator.scale.LoadSampling.Serving;
import dev.myelin.orchestrator.scale.Scaler;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.wire.ApplicationDescription.Service;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.ServiceNames;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// How many instances of the application's services there should be. Confined to the loop's thread.
final class Autoscaling {

  private static final Duration INTERVAL = Duration.ofMillis(500);

  private final Supplier<List<Service>> services;
  private final DesiredCounts desired;
  private final LoadSampling sampling;
  private final ReadingsWatch readings;
  private final Supplier<? extends Collection<String>> demands;
  private final Time time;
  private Set<String> before = Set.of();
  private long last;

  Autoscaling(
      Supplier<List<Service>> services,
      DesiredCounts desired,
      LoadSampling sampling,
      ReadingsWatch readings,
      Supplier<? extends Collection<String>> demands,
      Time time) {
    this.services = services;
    this.desired = desired;
    this.sampling = sampling;
    this.readings = readings;
    this.demands = demands;
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
    for (var service : services.get()) {
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

  private List<Service> known() {
    var known = services.get();
    // a rollout brings services, and takes others away
    var names = known.stream().map(Service::name).collect(Collectors.toUnmodifiableSet());
    before.stream().filter(name -> !names.contains(name)).forEach(desired::remove);
    before = names;
    for (var service : known) {
      if (!desired.counts().containsKey(service.name())) {
        desired.set(service.name(), Scaler.least(service.attributes().scaling()));
      }
    }
    return known;
  }

  /// Asks for new readings, and follows those that have come; twice a second, however often it is
  /// called.
  void update(Picture picture) {
    var known = known();
    demands.get().forEach(desired::called);
    if (!time.passed(last, INTERVAL)) {
      return;
    }
    last = time.nanos();
    readings.refresh();
    var heard = readings.latest();
    sampling.retain(
        picture.seen().stream()
            .map(seen -> seen.tracked().id())
            .collect(Collectors.toUnmodifiableSet()));
    for (var service : known) {
      desired.update(
          service.name(),
          service.attributes().scaling(),
          sampling.sample(service.name(), serving(service.name(), picture), picture.now(), heard));
    }
  }

  private static List<Serving> serving(String service, Picture picture) {
    return picture.seen().stream()
        .filter(seen -> takesCalls(seen, service))
        .map(seen -> new Serving(seen.tracked().id(), seen.tracked().since()))
        .toList();
  }

  private static boolean takesCalls(Seen seen, String service) {
    return seen.alive()
        && seen.tracked().service().equals(service)
        && seen.tracked().state(seen.member()).filter(InstanceState.SERVING::equals).isPresent();
  }
}
