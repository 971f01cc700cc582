package dev.myelin.orchestrator.kubernetes.apply;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.myelin.kubernetes.OneAttempt;
import dev.myelin.orchestrator.kubernetes.apply.WriteFailed.Why;
import dev.myelin.orchestrator.kubernetes.desired.Names;
import dev.myelin.orchestrator.kubernetes.resource.Microservice;
import dev.myelin.orchestrator.kubernetes.resource.MicroserviceStatus;
import dev.myelin.orchestrator.time.Time;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Writes through fabric8's client. Thread-safe.
///
/// Workloads and what belongs to them are applied by the server (server-side apply), so that fields
/// of others stay theirs. What was read is named by its version, so that what somebody else has
/// written meanwhile is never overwritten unseen.
///
/// The number of replicas has a field manager of its own. What is created with another number than
/// 1 is therefore written three times: by that manager as a whole, or it would exist with one
/// replica for a moment; by the orchestrator's; and by the first again, for the number alone.
public final class ApiWrites implements Writes {

  /// As long as the API itself waits for a webhook by default.
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static final long KILLED = 1;

  private final KubernetesClient client;
  private final ServiceEvents events;

  /// Creates it.
  ///
  /// @param client of the API
  /// @param self id of this process, which events name as their source
  /// @param time for the dates of events
  public ApiWrites(KubernetesClient client, String self, Time time) {
    this.client = OneAttempt.of(client, LIMIT);
    this.events = new ServiceEvents(self, time);
  }

  @Override
  public HasMetadata apply(Change.Apply change, int replicas) {
    var desired = change.desired();
    var live = change.live();
    return write(
        "write",
        desired,
        () -> {
          if (live != null) {
            return applied(versioned(desired, live), Names.MANAGER);
          }
          refuseForeign(desired);
          return created(desired, replicas);
        });
  }

  private HasMetadata created(HasMetadata desired, int replicas) {
    try {
      if (replicas < 0 || replicas == 1) {
        return applied(desired, Names.MANAGER);
      }
      applied(counted(desired, replicas), Names.SCALER);
      var created = applied(desired, Names.MANAGER);
      return applied(replicasOnly(created, replicas, Differences.epoch(created)), Names.SCALER);
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        throw new WriteFailed(
            Why.REFUSED,
            "Cannot write %s: the API has no %s, or no namespace '%s'"
                .formatted(
                    text(desired), desired.getApiVersion(), desired.getMetadata().getNamespace()),
            e);
      }
      throw e;
    }
  }

  private HasMetadata applied(HasMetadata object, String manager) {
    return client.resource(object).fieldManager(manager).forceConflicts().serverSideApply();
  }

  private HasMetadata versioned(HasMetadata desired, HasMetadata live) {
    var copy = Objects.requireNonNull(client.getKubernetesSerialization().clone(desired));
    copy.getMetadata().setResourceVersion(live.getMetadata().getResourceVersion());
    return copy;
  }

  // Forced, it would be taken over
  private void refuseForeign(HasMetadata desired) {
    var found = client.resource(desired).get();
    if (found == null) {
      return;
    }
    var labels = found.getMetadata().getLabels();
    if (labels == null || !Names.MYELIN.equals(labels.get(Names.MANAGED_BY))) {
      throw new WriteFailed(
          Why.NAME_TAKEN,
          "%s is there already and not Myelin's: rename or delete it, or rename the service"
              .formatted(text(desired)),
          null);
    }
  }

  @Override
  public void delete(HasMetadata live) {
    write("delete", live, () -> client.resource(live).delete());
  }

  @Override
  public HasMetadata scale(HasMetadata workload, int replicas, long epoch) {
    return write(
        "scale", workload, () -> applied(replicasOnly(workload, replicas, epoch), Names.SCALER));
  }

  private static HasMetadata counted(HasMetadata desired, int replicas) {
    return switch (desired) {
      case Deployment deployment ->
          new DeploymentBuilder(deployment).editSpec().withReplicas(replicas).endSpec().build();
      case StatefulSet set ->
          new StatefulSetBuilder(set).editSpec().withReplicas(replicas).endSpec().build();
      default -> throw new IllegalArgumentException(text(desired) + " has no replicas");
    };
  }

  private static HasMetadata replicasOnly(HasMetadata workload, int replicas, long epoch) {
    var metadata = metadata(workload, epoch);
    return switch (workload) {
      case Deployment _ ->
          new DeploymentBuilder()
              .withMetadata(metadata)
              .withNewSpec()
              .withReplicas(replicas)
              .endSpec()
              .build();
      case StatefulSet _ ->
          new StatefulSetBuilder()
              .withMetadata(metadata)
              .withNewSpec()
              .withReplicas(replicas)
              .endSpec()
              .build();
      default -> throw new IllegalArgumentException(text(workload) + " has no replicas");
    };
  }

  private static ObjectMeta metadata(HasMetadata workload, long epoch) {
    return new ObjectMetaBuilder()
        .withName(workload.getMetadata().getName())
        .withNamespace(workload.getMetadata().getNamespace())
        .withResourceVersion(workload.getMetadata().getResourceVersion())
        .addToAnnotations(Names.SCALED, Long.toString(epoch))
        .build();
  }

  @Override
  public void condition(Pod pod, PodCondition condition) {
    patch(
        "set condition '%s' of".formatted(condition.getType()),
        pod,
        Map.of("uid", pod.getMetadata().getUid()),
        Map.of("status", Map.of("conditions", List.of(condition))),
        true);
  }

  @Override
  public void deletionCost(Pod pod, int cost) {
    patch(
        "annotate",
        pod,
        Map.of(
            "uid",
            pod.getMetadata().getUid(),
            "annotations",
            Map.of(Names.DELETION_COST, Integer.toString(cost))),
        Map.of(),
        false);
  }

  private void patch(
      String what, Pod pod, Map<String, ?> metadata, Map<String, ?> rest, boolean status) {
    var tree = new HashMap<String, Object>(rest);
    tree.put("metadata", metadata);
    var json = client.getKubernetesSerialization().asJson(tree);
    var context = PatchContext.of(PatchType.STRATEGIC_MERGE);
    write(
        what,
        pod,
        () -> {
          var named =
              client
                  .pods()
                  .inNamespace(pod.getMetadata().getNamespace())
                  .withName(pod.getMetadata().getName());
          return status
              ? named.subresource("status").patch(context, json)
              : named.patch(context, json);
        });
  }

  // One that hangs would not use the time that an orderly retirement has
  @Override
  public void kill(Pod pod) {
    write("delete", pod, () -> client.resource(pod).withGracePeriod(KILLED).delete());
  }

  @Override
  public void status(Microservice resource, MicroserviceStatus status) {
    var tree = client.getKubernetesSerialization().convertValue(status, ObjectNode.class);
    if (status.congestion() == null) {
      tree.putNull("congestion"); // or what it was would stay
    }
    var json = JsonNodeFactory.instance.objectNode().set("status", tree).toString();
    write(
        "write the status of",
        resource,
        () ->
            client
                .resources(Microservice.class)
                .inNamespace(resource.getMetadata().getNamespace())
                .withName(resource.service())
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), json));
  }

  @Override
  public void event(Microservice resource, @Nullable Pod pod, String reason, String message) {
    var event = events.of(resource, pod, reason, message);
    write("note an event of", resource, () -> client.resource(event).create());
  }

  private static <T> T write(String what, HasMetadata object, Supplier<T> write) {
    try {
      return write.get();
    } catch (KubernetesClientException e) {
      throw WriteFailed.of("Cannot %s %s: %s".formatted(what, text(object), e.getMessage()), e);
    }
  }

  private static String text(HasMetadata object) {
    return "%s '%s'".formatted(object.getKind(), object.getMetadata().getName());
  }
}
