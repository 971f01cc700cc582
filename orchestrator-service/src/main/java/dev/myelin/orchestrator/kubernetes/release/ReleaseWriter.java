package dev.myelin.orchestrator.kubernetes.release;

import dev.myelin.orchestrator.kubernetes.resource.Microservice;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.function.Consumer;

/// Writes the resources of a release by server-side apply, and deletes those of earlier upgrades
/// that it has no more.
///
/// A resource of another release is left alone: two applications of a namespace cannot have
/// services of the same name.
final class ReleaseWriter {

  static final String FIELD_MANAGER = "myelin-release";

  private final KubernetesClient client;
  private final String namespace;
  private final Consumer<String> report;

  /// Creates one.
  ///
  /// @param client reaches the API
  /// @param namespace where the resources are
  /// @param report takes a line for each that was written or deleted
  ReleaseWriter(KubernetesClient client, String namespace, Consumer<String> report) {
    this.client = client;
    this.namespace = namespace;
    this.report = report;
  }

  /// Writes and deletes.
  ///
  /// @param manifests the resources there should be
  /// @throws IllegalStateException if one of them belongs to another release; nothing is written
  void write(ServiceManifests manifests) {
    var wanted = manifests.all();
    var owner = manifests.owner().getMetadata().getUid();
    var present = resources().list().getItems();
    for (var other : present) {
      if (manifests.names().contains(other.getMetadata().getName()) && !owned(other, owner)) {
        throw new IllegalStateException(
            "The Microservice '%s' is there already and belongs to %s; two applications of a namespace cannot have services of the same name: rename one with @Microservice(\"…\"), or install it in another namespace."
                .formatted(other.getMetadata().getName(), owners(other)));
      }
    }
    wanted.forEach(this::apply);
    present.stream()
        .filter(each -> owned(each, owner))
        .filter(each -> !manifests.names().contains(each.getMetadata().getName()))
        .forEach(this::delete);
  }

  private static boolean owned(GenericKubernetesResource resource, String owner) {
    return resource.getMetadata().getOwnerReferences().stream()
        .map(OwnerReference::getUid)
        .anyMatch(owner::equals);
  }

  private static String owners(GenericKubernetesResource resource) {
    List<OwnerReference> owners = resource.getMetadata().getOwnerReferences();
    return owners.isEmpty()
        ? "nobody"
        : String.join(
            ", ", owners.stream().map(each -> each.getKind() + " " + each.getName()).toList());
  }

  private void apply(GenericKubernetesResource manifest) {
    var context =
        new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(FIELD_MANAGER)
            .withForce(true)
            .build();
    var _ = resources().resource(manifest).patch(context, manifest);
    report.accept("microservice/%s written".formatted(manifest.getMetadata().getName()));
  }

  private void delete(GenericKubernetesResource resource) {
    var name = resource.getMetadata().getName();
    var _ = resources().withName(name).delete();
    report.accept("microservice/%s deleted: the application has it no more".formatted(name));
  }

  private io.fabric8.kubernetes.client.dsl.NonNamespaceOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      resources() {
    MixedOperation<
            GenericKubernetesResource,
            GenericKubernetesResourceList,
            Resource<GenericKubernetesResource>>
        all =
            client.genericKubernetesResources(
                ResourceDefinitionContext.fromResourceType(Microservice.class));
    return all.inNamespace(namespace);
  }
}
