package dev.myelin.orchestrator.kubernetes.desired;

import com.fasterxml.jackson.databind.JsonNode;
import dev.myelin.Kind;
import dev.myelin.orchestrator.kubernetes.resource.Microservice;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LocalObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.PodReadinessGateBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Makes the pod template of a service.
final class PodTemplates {

  /// Beside its calls in flight, an instance that leaves has to tell its callers and to stop.
  private static final Duration LEAVING = Duration.ofSeconds(15);

  private final DesiredSettings settings;
  private final KubernetesSerialization serialization;
  private final ServiceContainer container;

  PodTemplates(DesiredSettings settings, KubernetesSerialization serialization) {
    this.settings = settings;
    this.serialization = serialization;
    this.container = new ServiceContainer(settings);
  }

  PodTemplateSpec of(Microservice resource) {
    var made = made(resource);
    var patch = resource.getSpec().pod().podTemplate();
    if (patch.isEmpty()) {
      return made;
    }
    var merged =
        StrategicMerge.merge(
            serialization.convertValue(made, JsonNode.class),
            serialization.convertValue(patch, JsonNode.class));
    return serialization.convertValue(merged, PodTemplateSpec.class);
  }

  private PodTemplateSpec made(Microservice resource) {
    var spec = resource.getSpec();
    var grace = spec.behaviour().limit().plus(LEAVING).toSeconds();
    var builder =
        new PodTemplateSpecBuilder()
            .withNewMetadata()
            .withLabels(Names.labels(resource))
            .endMetadata()
            .withNewSpec()
            .withServiceAccountName(settings.serviceAccount())
            .withAutomountServiceAccountToken(false)
            .withEnableServiceLinks(false)
            .withTerminationGracePeriodSeconds(grace)
            .withNewSecurityContext()
            .withRunAsNonRoot(true)
            .withNewSeccompProfile()
            .withType("RuntimeDefault")
            .endSeccompProfile()
            .endSecurityContext()
            .withReadinessGates(
                new PodReadinessGateBuilder().withConditionType(Names.IN_SERVICE).build())
            .withImagePullSecrets(
                spec.program().imagePullSecrets().stream()
                    .map(name -> new LocalObjectReferenceBuilder().withName(name).build())
                    .toList())
            .withInitContainers(spec.pod().initContainers())
            .withContainers(containers(resource))
            .withVolumes(volumes(resource));
    Placements.affinity(spec.placement().preferred(), settings.preferredNodes())
        .ifPresent(builder::withAffinity);
    if (DesiredObjects.kind(resource) != Kind.DAEMON_SET) {
      builder.withTopologySpreadConstraints(Placements.spread(Names.selector(resource)));
    }
    return builder.endSpec().build();
  }

  private List<Container> containers(Microservice resource) {
    var all = new ArrayList<Container>();
    all.add(container.of(resource));
    all.addAll(resource.getSpec().pod().sidecars());
    return all;
  }

  private static List<Volume> volumes(Microservice resource) {
    var volumes = new ArrayList<Volume>();
    volumes.add(
        new VolumeBuilder()
            .withName(ServiceContainer.SCRATCH)
            .withNewEmptyDir()
            .endEmptyDir()
            .build());
    volumes.addAll(resource.getSpec().pod().volumes());
    return volumes;
  }
}
