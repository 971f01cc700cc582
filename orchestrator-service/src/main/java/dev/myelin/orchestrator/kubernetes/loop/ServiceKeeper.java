package dev.myelin.orchestrator.kubernetes.loop;

import dev.myelin.orchestrator.kubernetes.apply.Change;
import dev.myelin.orchestrator.kubernetes.apply.Differences;
import dev.myelin.orchestrator.kubernetes.apply.WriteFailed;
import dev.myelin.orchestrator.kubernetes.apply.Writes;
import dev.myelin.orchestrator.kubernetes.desired.DesiredObjects;
import dev.myelin.orchestrator.kubernetes.desired.DesiredRoutes;
import dev.myelin.orchestrator.kubernetes.loop.StatusBoard.Failure;
import dev.myelin.orchestrator.kubernetes.loop.StatusBoard.Findings;
import dev.myelin.orchestrator.kubernetes.resource.Microservice;
import dev.myelin.orchestrator.lease.LeaderLease;
import dev.myelin.orchestrator.scale.Decision;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Member;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compares each service with its resource and orders what is to be written.
///
/// Looks at a service when something of it has changed, and at all of them now and then. Confined
/// to the loop's thread, but for [#changed].
public final class ServiceKeeper {

  private static final Logger log = LoggerFactory.getLogger(ServiceKeeper.class);
  private static final Duration ALL = Duration.ofMinutes(5);
  private static final Duration STATUS = Duration.ofSeconds(1);

  private final Fleet fleet;
  private final Counting counting;
  private final Objects objects;
  private final Tools tools;
  private final Replicas replicas;
  private final Gates gates;
  private final StatusBoard board;
  private final Exposures exposures;
  private final Written written;
  private final Set<String> dirty = ConcurrentHashMap.newKeySet();
  private final Map<String, Failure> failures = new ConcurrentHashMap<>();
  private long epoch;
  private long lookedAtAll;
  private long statusAt;

  /// What is desired, and how it differs.
  ///
  /// @param desired makes what is desired
  /// @param routes makes the routes that are desired
  /// @param differences compares
  public record Objects(DesiredObjects desired, DesiredRoutes routes, Differences differences) {}

  /// What acts.
  ///
  /// @param writes to the API
  /// @param jobs runs them
  /// @param lease which must be held
  /// @param demands services that are called and have no instance
  record Tools(Writes writes, Jobs jobs, LeaderLease lease, Demanded demands) {}

  ServiceKeeper(Fleet fleet, Counting counting, Objects objects, Tools tools) {
    this.fleet = fleet;
    this.counting = counting;
    this.objects = objects;
    this.tools = tools;
    var time = fleet.time();
    this.written = new Written(time);
    this.replicas = new Replicas(fleet);
    this.gates = new Gates(tools.writes(), tools.jobs(), time);
    this.board = new StatusBoard(tools.writes(), tools.jobs(), time);
    this.exposures =
        new Exposures(fleet.cache(), objects.routes(), objects.differences(), tools, time);
  }

  /// Takes note that something of a service has changed. May be called from any thread.
  ///
  /// @param service its name
  public void changed(String service) {
    dirty.add(service);
  }

  /// Since when the API takes no writes, and why; empty while it does. May be called from any
  /// thread.
  public Optional<String> outage() {
    return tools.jobs().outage();
  }

  boolean complete() {
    return fleet.cache().complete();
  }

  /// Begins to act: nothing that was known before counts.
  void begin(long epoch) {
    this.epoch = epoch;
    statusAt = fleet.time().nanos() - STATUS.toNanos();
    counting.begin();
    replicas.begin();
    exposures.begin();
    written.clear();
    failures.clear();
    everything();
  }

  private void everything() {
    lookedAtAll = fleet.time().nanos();
    fleet.cache().services().forEach(resource -> dirty.add(resource.service()));
  }

  /// Looks at what has changed.
  void look() {
    Time time = fleet.time();
    if (time.passed(lookedAtAll, ALL)) {
      everything();
    }
    var resources = fleet.cache().services();
    for (var changed : counting.update(resources, tools.demands().take())) {
      dirty.add(changed.resource().service());
      announce(changed);
    }
    var members = fleet.membership().members();
    List.copyOf(dirty).forEach(service -> look(service, members));
    if (time.passed(statusAt, STATUS)) {
      statusAt = time.nanos();
      resources.forEach(resource -> keep(resource, members));
      var names = resources.stream().map(Microservice::service).collect(Collectors.toSet());
      fleet.membership().watch(names);
      board.retain(names);
      replicas.retain(names);
      exposures.retain(names);
      failures.keySet().retainAll(names);
    }
  }

  private void look(String service, Map<InstanceId, Member> members) {
    if (!tools.jobs().ready(service)) {
      return; // stays dirty
    }
    dirty.remove(service);
    fleet
        .cache()
        .service(service)
        .ifPresent(resource -> {
          reconcile(resource);
          gate(resource, members);
          if (!exposures.look(resource, epoch, this::acting)) {
            dirty.add(service);
          }
        });
  }

  private void keep(Microservice resource, Map<InstanceId, Member> members) {
    var service = resource.service();
    gate(resource, members);
    if (replicas.busy(service)) {
      dirty.add(service);
    }
    int desired = Counting.valid(resource) ? counting.count(resource) : 0;
    board.update(
        resource,
        new Findings(
            desired,
            fleet.present(service),
            counting.sample(service),
            failures.get(service),
            exposures.condition(resource)));
  }

  private void gate(Microservice resource, Map<InstanceId, Member> members) {
    var service = resource.service();
    gates.update(fleet.present(service), replicas.retiring(service), members, this::acting);
  }

  private void reconcile(Microservice resource) {
    var service = resource.service();
    List<HasMetadata> desired;
    try {
      desired = objects.desired().of(resource);
    } catch (IllegalArgumentException e) {
      failures.put(service, new Failure("Contradiction", String.valueOf(e.getMessage())));
      return;
    }
    var live = written.over(service, fleet.cache().objects(service));
    var changes = objects.differences().between(desired, live, epoch);
    int count = counting.count(resource);
    var scale = replicas.next(resource, live, count, changes.isEmpty());
    if (changes.isEmpty() && scale.isEmpty()) {
      failures.remove(service);
      return;
    }
    tools
        .jobs()
        .run(
            service,
            () -> {
              changes.forEach(change -> carryOut(change, resource, count));
              scale.ifPresent(workload -> scale(workload, count));
            },
            failure -> {
              if (failure == null) {
                failures.remove(service);
              } else if (failure.why() != WriteFailed.Why.OVERTAKEN) {
                failures.put(service, Failure.of(failure));
              }
              dirty.add(service);
            });
  }

  private void carryOut(Change change, Microservice resource, int count) {
    if (!acting()) {
      return;
    }
    switch (change) {
      case Change.Apply apply -> {
        boolean counted = Counting.ours(resource) && Replicas.workload(apply.desired());
        var object = tools.writes().apply(apply, counted ? count : -1);
        written.note(apply.live(), object, false);
        log.info(
            "service={} {}={}",
            resource.service(),
            apply.live() == null ? "created" : "changed",
            object.getKind());
      }
      case Change.Delete(var live) -> {
        tools.writes().delete(live);
        written.note(live, live, true);
        log.info("service={} deleted={}", resource.service(), live.getKind());
      }
      case Change.Refused refused -> throw WriteFailed.later(refused, epoch);
    }
  }

  private void scale(HasMetadata workload, int count) {
    if (acting()) {
      written.note(workload, tools.writes().scale(workload, count, epoch), false);
    }
  }

  private boolean acting() {
    var held = tools.lease().epoch();
    return held.isPresent() && held.getAsLong() == epoch;
  }

  private void announce(Counting.Changed changed) {
    var reason = changed.decision() instanceof Decision.Down ? "ScaledDown" : "ScaledUp";
    var to =
        switch (changed.decision()) {
          case Decision.Up(var count, _) -> count;
          case Decision.Down(var count, _) -> count;
          case Decision.Hold _ -> counting.count(changed.resource());
        };
    tools
        .jobs()
        .run(
            "event/" + changed.resource().service(),
            () ->
                tools
                    .writes()
                    .event(
                        changed.resource(),
                        null,
                        reason,
                        "%d instances: %s".formatted(to, changed.decision().reason())),
            _ -> {});
  }
}
