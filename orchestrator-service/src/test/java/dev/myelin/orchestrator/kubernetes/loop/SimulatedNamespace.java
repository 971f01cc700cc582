package dev.myelin.orchestrator.kubernetes.loop;

import dev.myelin.orchestrator.kubernetes.apply.Change;
import dev.myelin.orchestrator.kubernetes.apply.WriteFailed;
import dev.myelin.orchestrator.kubernetes.apply.Writes;
import dev.myelin.orchestrator.kubernetes.desired.Names;
import dev.myelin.orchestrator.kubernetes.pod.Pods;
import dev.myelin.orchestrator.kubernetes.resource.Microservice;
import dev.myelin.orchestrator.kubernetes.resource.MicroserviceStatus;
import dev.myelin.orchestrator.kubernetes.watch.ObservedNamespace;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An API server with a ReplicaSet controller, a kubelet and a scheduler, as far as the keeper can
/// tell. What was written is shown at once; what the controllers do, when told to.
final class SimulatedNamespace implements ObservedNamespace, Writes {

  final List<String> writes = new ArrayList<>();
  final Map<String, Pod> pods = new LinkedHashMap<>();
  final KubernetesSerialization serialization = new KubernetesSerialization();

  private final Map<String, Microservice> resources = new LinkedHashMap<>();
  private final Map<String, Map<String, HasMetadata>> objects = new LinkedHashMap<>();
  private int version;
  boolean complete = true;
  @Nullable WriteFailed failure;

  void put(String yaml) {
    var resource = serialization.unmarshal(yaml, Microservice.class);
    var before = resources.get(resource.service());
    resource.getMetadata().setUid("uid-" + resource.service());
    resource.getMetadata().setNamespace("n");
    resource.getMetadata().setGeneration((long) ++version);
    if (before != null) {
      resource.setStatus(before.getStatus());
    }
    resources.put(resource.service(), resource);
  }

  HasMetadata object(String service, String kind) {
    return Objects.requireNonNull(objects.getOrDefault(service, Map.of()).get(kind));
  }

  void replace(String service, HasMetadata object) {
    object.getMetadata().setResourceVersion(Integer.toString(++version));
    objects.computeIfAbsent(service, _ -> new LinkedHashMap<>()).put(object.getKind(), object);
  }

  /// Lets the controllers catch up.
  void settle() {
    objects.values().stream()
        .flatMap(each -> List.copyOf(each.values()).stream())
        .filter(Deployment.class::isInstance)
        .map(Deployment.class::cast)
        .forEach(this::replicate);
    pods.replaceAll((_, pod) -> observed(pod));
  }

  private void replicate(Deployment deployment) {
    var service = deployment.getMetadata().getName();
    int replicas = Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 1);
    while (pods(service).size() < replicas) {
      var name = service + "-" + ++version;
      pods.put(
          name,
          new PodBuilder()
              .withNewMetadata()
              .withName(name)
              .withUid("uid-" + name)
              .withCreationTimestamp("2026-03-01T09:00:00Z")
              .addToLabels(Names.SERVICE, service)
              .endMetadata()
              .withNewStatus()
              .endStatus()
              .build());
    }
    pods(service).stream()
        .sorted(Comparator.comparing(Pods::ready))
        .limit(Math.max(0, pods(service).size() - replicas))
        .forEach(pod -> pods.remove(pod.getMetadata().getName()));
  }

  // Containers start at once
  private static Pod observed(Pod pod) {
    boolean gate =
        Pods.condition(pod, Names.IN_SERVICE)
            .map(it -> "True".equals(it.getStatus()))
            .orElse(false);
    return with(
        pod,
        new PodConditionBuilder()
            .withType("Ready")
            .withStatus(gate ? "True" : "False")
            .withLastTransitionTime("2026-03-01T09:00:00Z")
            .build());
  }

  private static Pod with(Pod pod, PodCondition condition) {
    var kept =
        new ArrayList<>(
            pod.getStatus().getConditions().stream()
                .filter(it -> !it.getType().equals(condition.getType()))
                .toList());
    kept.add(condition);
    return new PodBuilder(pod).editStatus().withConditions(kept).endStatus().build();
  }

  private void wrote(String what) {
    if (failure != null) {
      throw failure;
    }
    writes.add(what);
  }

  @Override
  public boolean complete() {
    return complete;
  }

  @Override
  public List<Microservice> services() {
    return List.copyOf(resources.values());
  }

  @Override
  public Optional<Microservice> service(String service) {
    return Optional.ofNullable(resources.get(service));
  }

  @Override
  public List<HasMetadata> objects(String service) {
    return objects.getOrDefault(service, Map.of()).values().stream()
        .filter(object -> !(object instanceof GenericKubernetesResource))
        .toList();
  }

  @Override
  public List<HasMetadata> routes(String service) {
    return objects.getOrDefault(service, Map.of()).values().stream()
        .filter(GenericKubernetesResource.class::isInstance)
        .toList();
  }

  @Override
  public List<Pod> pods(String service) {
    return pods.values().stream()
        .filter(pod -> service.equals(pod.getMetadata().getLabels().get(Names.SERVICE)))
        .toList();
  }

  @Override
  public Optional<Pod> pod(String name) {
    return Optional.ofNullable(pods.get(name));
  }

  @Override
  public HasMetadata apply(Change.Apply change, int replicas) {
    var object = Objects.requireNonNull(serialization.clone(change.desired()));
    wrote("apply " + object.getKind() + "/" + object.getMetadata().getName());
    if (object instanceof Deployment deployment) {
      var live = change.live();
      deployment
          .getSpec()
          .setReplicas(
              live instanceof Deployment before ? before.getSpec().getReplicas() : replicas);
    }
    replace(object.getMetadata().getName(), object);
    return object;
  }

  @Override
  public void delete(HasMetadata live) {
    wrote("delete " + live.getKind() + "/" + live.getMetadata().getName());
    objects
        .getOrDefault(live.getMetadata().getName(), new LinkedHashMap<>())
        .remove(live.getKind());
  }

  @Override
  public HasMetadata scale(HasMetadata workload, int replicas, long epoch) {
    wrote("scale %s to %d".formatted(workload.getMetadata().getName(), replicas));
    var scaled =
        new DeploymentBuilder((Deployment) workload)
            .editSpec()
            .withReplicas(replicas)
            .endSpec()
            .build();
    replace(workload.getMetadata().getName(), scaled);
    return scaled;
  }

  @Override
  public void condition(Pod pod, PodCondition condition) {
    wrote("gate %s %s".formatted(pod.getMetadata().getName(), condition.getReason()));
    pods.computeIfPresent(pod.getMetadata().getName(), (_, it) -> with(it, condition));
  }

  @Override
  public void deletionCost(Pod pod, int cost) {
    wrote("cost %s %d".formatted(pod.getMetadata().getName(), cost));
    pods.computeIfPresent(
        pod.getMetadata().getName(),
        (_, it) ->
            new PodBuilder(it)
                .editMetadata()
                .addToAnnotations(Names.DELETION_COST, Integer.toString(cost))
                .endMetadata()
                .build());
  }

  @Override
  public void kill(Pod pod) {
    wrote("kill " + pod.getMetadata().getName());
    pods.remove(pod.getMetadata().getName());
  }

  @Override
  public void status(Microservice resource, MicroserviceStatus status) {
    wrote("status " + resource.service());
    Objects.requireNonNull(resources.get(resource.service())).setStatus(status);
  }

  @Override
  public void event(Microservice resource, @Nullable Pod pod, String reason, String message) {
    wrote("event %s %s".formatted(resource.service(), reason));
  }
}
