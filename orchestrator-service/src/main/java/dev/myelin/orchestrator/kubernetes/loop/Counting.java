package dev.myelin.orchestrator.kubernetes.loop;

import dev.myelin.Kind;
import dev.myelin.orchestrator.kubernetes.desired.DesiredObjects;
import dev.myelin.orchestrator.kubernetes.resource.Microservice;
import dev.myelin.orchestrator.kubernetes.resource.ScalingOwner;
import dev.myelin.orchestrator.scale.Decision;
import dev.myelin.orchestrator.scale.DesiredCounts;
import dev.myelin.orchestrator.scale.LoadSampling;
import dev.myelin.orchestrator.scale.Sample;
import dev.myelin.orchestrator.scale.Scaler;
import dev.myelin.wire.ApplicationDescription.Scaling;
import dev.myelin.wire.InstanceId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How many instances each service is to have. Confined to the loop's thread.
///
/// The number of a service that the orchestrator scales follows the same rule as on a laptop, from
/// what its workload had when this one began to act. Where somebody else scales, or there is one
/// instance on each node, the number is read off the workload.
final class Counting {

  private static final Duration INTERVAL = Duration.ofMillis(500);

  private final Fleet fleet;
  private final DesiredCounts desired;
  private final LoadSampling sampling;
  private final Map<String, Sample> samples = new HashMap<>();
  private long last;

  /// What a decision changed.
  ///
  /// @param resource of which service
  /// @param decision what was decided
  record Changed(Microservice resource, Decision decision) {}

  Counting(Fleet fleet, DesiredCounts desired, LoadSampling sampling) {
    this.fleet = fleet;
    this.desired = desired;
    this.sampling = sampling;
    this.last = fleet.time().nanos() - INTERVAL.toNanos();
  }

  /// Whether the orchestrator sets the number of a service's instances.
  static boolean ours(Microservice resource) {
    return resource.getSpec().behaviour().scaling() == ScalingOwner.INTERNAL
        && DesiredObjects.kind(resource) != Kind.DAEMON_SET;
  }

  /// Forgets all numbers, so that they are read off the workloads again.
  void begin() {
    List.copyOf(desired.counts().keySet()).forEach(desired::remove);
    samples.clear();
  }

  /// Number of a service's instances.
  int count(Microservice resource) {
    var service = resource.service();
    if (!ours(resource)) {
      return workload(service).map(Counting::replicas).orElse(1);
    }
    var limits = resource.getSpec().behaviour().limits();
    var known = desired.counts().get(service);
    if (known != null) {
      return known;
    }
    int first =
        workload(service).map(live -> within(limits, replicas(live))).orElse(Scaler.least(limits));
    desired.set(service, first);
    return first;
  }

  private static int within(Scaling limits, int replicas) {
    return Math.clamp(replicas, Scaler.least(limits), limits.maxInstances());
  }

  private Optional<HasMetadata> workload(String service) {
    return fleet.cache().objects(service).stream()
        .filter(object -> object.getKind().endsWith("Set") || object instanceof Deployment)
        .findFirst();
  }

  /// Replicas that a workload is told to have.
  static int replicas(HasMetadata workload) {
    return switch (workload) {
      case Deployment deployment -> or(deployment.getSpec().getReplicas(), 1);
      case StatefulSet set -> or(set.getSpec().getReplicas(), 1);
      case DaemonSet set ->
          set.getStatus() == null ? 0 : or(set.getStatus().getDesiredNumberScheduled(), 0);
      default -> 0;
    };
  }

  private static int or(@Nullable Integer given, int otherwise) {
    return given == null ? otherwise : given;
  }

  /// Asks for new readings and follows those that have come; twice a second, however often it is
  /// called.
  ///
  /// @param demanded services that are called and have no instance
  /// @return what changed
  List<Changed> update(Collection<Microservice> resources, Set<String> demanded) {
    var changed = demanded(resources, demanded);
    if (!fleet.time().passed(last, INTERVAL)) {
      return changed;
    }
    last = fleet.time().nanos();
    fleet.readings().refresh();
    var heard = fleet.readings().latest();
    var members = fleet.membership().members();
    var there = new HashSet<InstanceId>();
    for (var resource : resources) {
      var service = resource.service();
      var serving = fleet.serving(service, members);
      serving.forEach(each -> there.add(each.id()));
      var sample = sampling.sample(service, serving, last, heard);
      samples.put(service, sample);
      if (ours(resource) && valid(resource)) {
        count(resource);
        follow(resource, sample, changed);
      }
    }
    sampling.retain(there);
    forget(resources);
    return changed;
  }

  private List<Changed> demanded(Collection<Microservice> resources, Set<String> demanded) {
    var changed = new ArrayList<Changed>();
    for (var resource : resources) {
      if (demanded.contains(resource.service()) && ours(resource) && valid(resource)) {
        int before = count(resource);
        desired.called(resource.service());
        if (count(resource) != before) {
          changed.add(new Changed(resource, new Decision.Up(1, "called, and has no instance")));
        }
      }
    }
    return changed;
  }

  private void follow(Microservice resource, Sample sample, List<Changed> changed) {
    var limits = resource.getSpec().behaviour().limits();
    switch (desired.update(resource.service(), limits, sample)) {
      case Decision.Hold _ -> {}
      case Decision.Up up -> changed.add(new Changed(resource, up));
      case Decision.Down down -> changed.add(new Changed(resource, down));
    }
  }

  // What it says instead is in its status
  static boolean valid(Microservice resource) {
    try {
      return resource.getSpec().behaviour().limits() != null;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private void forget(Collection<Microservice> resources) {
    var names = resources.stream().map(Microservice::service).collect(Collectors.toSet());
    List.copyOf(desired.counts().keySet()).stream()
        .filter(service -> !names.contains(service))
        .forEach(desired::remove);
    samples.keySet().retainAll(names);
  }

  /// Load of a service as it was last sampled.
  @Nullable Sample sample(String service) {
    return samples.get(service);
  }
}
