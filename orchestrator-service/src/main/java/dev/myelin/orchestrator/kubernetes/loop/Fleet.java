package dev.myelin.orchestrator.kubernetes.loop;

import dev.myelin.orchestrator.kubernetes.pod.Pods;
import dev.myelin.orchestrator.kubernetes.watch.ObservedNamespace;
import dev.myelin.orchestrator.observe.MembershipWatch;
import dev.myelin.orchestrator.observe.ReadingsWatch;
import dev.myelin.orchestrator.scale.LoadSampling.Serving;
import dev.myelin.orchestrator.time.Time;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.ServiceLoad;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Pods together with what membership and the stethoscopes say of the instances in them; an
/// instance has the name of its pod. Thread-safe; reading never blocks.
///
/// @param cache the pods
/// @param membership who is listed
/// @param readings how they are
/// @param time for dates and intervals
public record Fleet(
    ObservedNamespace cache, MembershipWatch membership, ReadingsWatch readings, Time time) {

  /// The id of a pod's instance.
  static InstanceId id(Pod pod) {
    return new InstanceId(pod.getMetadata().getName());
  }

  /// Pods of a service that are not leaving.
  List<Pod> present(String service) {
    return cache.pods(service).stream().filter(pod -> !Pods.leaving(pod)).toList();
  }

  /// Instances that take calls, as callers see it.
  List<Serving> serving(String service, Map<InstanceId, Member> members) {
    long now = time.nanos();
    var date = time.now();
    return present(service).stream()
        .filter(pod -> state(pod, members).filter(InstanceState.SERVING::equals).isPresent())
        .map(pod ->
            new Serving(id(pod), now - Pods.readyFor(pod, date).orElse(Duration.ZERO).toNanos()))
        .toList();
  }

  /// What membership says of a pod's instance, if it is listed.
  static Optional<InstanceState> state(Pod pod, Map<InstanceId, Member> members) {
    return Optional.ofNullable(members.get(id(pod))).map(Member::state);
  }

  /// Calls of a service that run or wait at an instance, as last heard.
  ///
  /// @param id which instance
  /// @param service which service
  public int inFlight(InstanceId id, String service) {
    var reading = readings.latest().byId().get(id);
    var heartbeat = reading == null ? null : reading.heartbeat();
    return heartbeat == null
        ? 0
        : heartbeat.served().stream()
            .filter(load -> load.service().equals(service))
            .mapToInt(ServiceLoad::inFlight)
            .sum();
  }
}
