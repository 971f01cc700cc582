package dev.myelin.orchestrator.kubernetes.loop;

import dev.myelin.orchestrator.kubernetes.apply.Change;
import dev.myelin.orchestrator.kubernetes.apply.Differences;
import dev.myelin.orchestrator.kubernetes.apply.WriteFailed;
import dev.myelin.orchestrator.kubernetes.desired.DesiredRoutes;
import dev.myelin.orchestrator.kubernetes.desired.RouteKind;
import dev.myelin.orchestrator.kubernetes.loop.ServiceKeeper.Tools;
import dev.myelin.orchestrator.kubernetes.loop.StatusBoard.Failure;
import dev.myelin.orchestrator.kubernetes.resource.Microservice;
import dev.myelin.orchestrator.kubernetes.resource.MicroserviceStatus.Condition;
import dev.myelin.orchestrator.kubernetes.watch.ObservedNamespace;
import dev.myelin.orchestrator.time.Time;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the routes of services that are reached from outside by themselves. Confined to the loop's
/// thread.
///
/// Apart from the workloads, so that a route that the API or a router refuses keeps nothing else
/// from happening.
final class Exposures {

  private static final Logger log = LoggerFactory.getLogger(Exposures.class);

  private final ObservedNamespace cache;
  private final DesiredRoutes desired;
  private final Differences differences;
  private final Tools tools;
  private final Written written;
  private final Map<String, Failure> failures = new ConcurrentHashMap<>();

  Exposures(
      ObservedNamespace cache,
      DesiredRoutes desired,
      Differences differences,
      Tools tools,
      Time time) {
    this.cache = cache;
    this.desired = desired;
    this.differences = differences;
    this.tools = tools;
    this.written = new Written(time);
  }

  void begin() {
    written.clear();
    failures.clear();
  }

  void retain(Set<String> services) {
    failures.keySet().retainAll(services);
  }

  /// Orders what is to be written of a service's routes.
  ///
  /// @param epoch of the lease that is held
  /// @param acting whether this process may still act, asked before each write
  /// @return whether nothing is left to do
  boolean look(Microservice resource, long epoch, BooleanSupplier acting) {
    var service = resource.service();
    var live = written.over(service, cache.routes(service));
    var changes = differences.between(desired.of(resource), live, epoch);
    if (changes.isEmpty()) {
      failures.remove(service);
      return true;
    }
    tools
        .jobs()
        .run(
            "route/" + service,
            () ->
                changes.forEach(change -> {
                  if (acting.getAsBoolean()) {
                    carryOut(change, service, epoch);
                  }
                }),
            failure -> note(service, failure));
    return false;
  }

  private void note(String service, @Nullable WriteFailed failure) {
    if (failure == null) {
      failures.remove(service);
    } else if (failure.why() != WriteFailed.Why.OVERTAKEN) {
      failures.put(service, Failure.of(failure));
    }
  }

  private void carryOut(Change change, String service, long epoch) {
    switch (change) {
      case Change.Apply apply -> {
        var object = tools.writes().apply(apply, -1);
        written.note(apply.live(), object, false);
        log.info(
            "service={} {}={}",
            service,
            apply.live() == null ? "created" : "changed",
            object.getKind());
      }
      case Change.Delete(var live) -> {
        tools.writes().delete(live);
        written.note(live, live, true);
        log.info("service={} deleted={}", service, live.getKind());
      }
      case Change.Refused refused -> throw WriteFailed.later(refused, epoch);
    }
  }

  /// What is the case, if the service asks for a route at all.
  @Nullable Condition condition(Microservice resource) {
    if (resource.getSpec().expose() == null) {
      return null;
    }
    var obstacle = desired.obstacle(resource);
    if (obstacle.isPresent()) {
      return condition(false, obstacle.get().reason(), obstacle.get().message());
    }
    var failure = failures.get(resource.service());
    if (failure != null) {
      return condition(false, failure.reason(), failure.message());
    }
    var kinds =
        DesiredRoutes.asked(resource).stream()
            .map(RouteKind::kind)
            .collect(Collectors.joining(", "));
    return condition(true, "Applied", "Made: %s '%s'".formatted(kinds, resource.service()));
  }

  private static Condition condition(boolean holds, String reason, String message) {
    return new Condition("Exposed", holds ? "True" : "False", reason, message, null, null);
  }
}
