package dev.myelin.orchestrator.kubernetes.desired;

import dev.myelin.orchestrator.kubernetes.resource.Microservice;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;

/// Puts a pod template into the workload that the service asks for.
final class Workloads {

  private static final int KEPT_REVISIONS = 3;

  private final PodTemplates templates;

  Workloads(PodTemplates templates) {
    this.templates = templates;
  }

  HasMetadata of(Microservice resource, ObjectMeta metadata) {
    var template = templates.of(resource);
    var selector = new LabelSelectorBuilder().withMatchLabels(Names.selector(resource)).build();
    return switch (DesiredObjects.kind(resource)) {
      case DEPLOYMENT -> deployment(metadata, selector, template);
      case STATEFUL_SET -> statefulSet(resource, metadata, selector, template);
      case DAEMON_SET -> daemonSet(metadata, selector, template);
    };
  }

  // An instance is replaced by one that already serves
  private static HasMetadata deployment(
      ObjectMeta metadata, LabelSelector selector, PodTemplateSpec template) {
    return new DeploymentBuilder()
        .withMetadata(metadata)
        .withNewSpec()
        .withRevisionHistoryLimit(KEPT_REVISIONS)
        .withNewStrategy()
        .withType("RollingUpdate")
        .withNewRollingUpdate()
        .withMaxSurge(new IntOrString("25%"))
        .withMaxUnavailable(new IntOrString(0))
        .endRollingUpdate()
        .endStrategy()
        .withSelector(selector)
        .withTemplate(template)
        .endSpec()
        .build();
  }

  private static HasMetadata statefulSet(
      Microservice resource,
      ObjectMeta metadata,
      LabelSelector selector,
      PodTemplateSpec template) {
    return new StatefulSetBuilder()
        .withMetadata(metadata)
        .withNewSpec()
        .withServiceName(resource.service())
        .withPodManagementPolicy("Parallel")
        .withRevisionHistoryLimit(KEPT_REVISIONS)
        .withNewUpdateStrategy()
        .withType("RollingUpdate")
        .endUpdateStrategy()
        .withSelector(selector)
        .withTemplate(template)
        .withVolumeClaimTemplates(resource.getSpec().pod().volumeClaimTemplates())
        .endSpec()
        .build();
  }

  private static HasMetadata daemonSet(
      ObjectMeta metadata, LabelSelector selector, PodTemplateSpec template) {
    return new DaemonSetBuilder()
        .withMetadata(metadata)
        .withNewSpec()
        .withRevisionHistoryLimit(KEPT_REVISIONS)
        .withNewUpdateStrategy()
        .withType("RollingUpdate")
        .endUpdateStrategy()
        .withSelector(selector)
        .withTemplate(template)
        .endSpec()
        .build();
  }
}
