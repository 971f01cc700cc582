package dev.myelin.orchestrator.kubernetes.desired;

import dev.myelin.Kind;
import dev.myelin.orchestrator.kubernetes.desired.DesiredSettings.Budgets;
import dev.myelin.orchestrator.kubernetes.resource.Microservice;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The objects of a service.
///
/// All have the resource's name and are owned by it, so that deleting it removes them. Thread-safe.
public final class DesiredObjects {

  private final DesiredSettings settings;
  private final Workloads workloads;

  /// Creates it.
  ///
  /// @param settings what the installation says of all services
  /// @param serialization turns objects into trees and back
  public DesiredObjects(DesiredSettings settings, KubernetesSerialization serialization) {
    this.settings = settings;
    this.workloads = new Workloads(new PodTemplates(settings, serialization));
  }

  /// What shape a service's workload has.
  ///
  /// @param resource the service
  public static Kind kind(Microservice resource) {
    var spec = resource.getSpec();
    var declared = spec.placement().kind();
    return declared == Kind.DEPLOYMENT && spec.behaviour().stateful()
        ? Kind.STATEFUL_SET
        : declared;
  }

  /// All objects: the Service first, which the workload names.
  ///
  /// @param resource the service
  /// @throws IllegalArgumentException if the resource contradicts itself, saying how
  public List<HasMetadata> of(Microservice resource) {
    var objects = new ArrayList<HasMetadata>();
    resource.getSpec().behaviour().limits();
    objects.add(service(resource));
    budget(resource).ifPresent(objects::add);
    objects.add(workloads.of(resource, metadata(resource)));
    return List.copyOf(objects);
  }

  private static Service service(Microservice resource) {
    return new ServiceBuilder()
        .withMetadata(metadata(resource))
        .withNewSpec()
        .withClusterIP("None")
        .withSelector(Names.selector(resource))
        .withPorts(port("calls", Names.CALL_PORT), port("http", Names.HTTP_PORT))
        .endSpec()
        .build();
  }

  private static ServicePort port(String name, int number) {
    return new ServicePortBuilder()
        .withName(name)
        .withProtocol("TCP")
        .withPort(number)
        .withTargetPort(new IntOrString(name))
        .build();
  }

  // A node is drained in spite of what a DaemonSet runs there
  private Optional<HasMetadata> budget(Microservice resource) {
    if (kind(resource) == Kind.DAEMON_SET) {
      return Optional.empty();
    }
    var metadata = metadata(resource);
    var most = new IntOrString(1);
    return switch (settings.budgets()) {
      case V1 ->
          Optional.of(
              new io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder()
                  .withMetadata(metadata)
                  .withNewSpec()
                  .withMaxUnavailable(most)
                  .withNewSelector()
                  .withMatchLabels(Names.selector(resource))
                  .endSelector()
                  .endSpec()
                  .build());
      case V1_BETA ->
          Optional.of(
              new io.fabric8.kubernetes.api.model.policy.v1beta1.PodDisruptionBudgetBuilder()
                  .withMetadata(metadata)
                  .withNewSpec()
                  .withMaxUnavailable(most)
                  .withNewSelector()
                  .withMatchLabels(Names.selector(resource))
                  .endSelector()
                  .endSpec()
                  .build());
      case NONE -> Optional.empty();
    };
  }

  static ObjectMeta metadata(Microservice resource) {
    return new ObjectMetaBuilder()
        .withName(resource.service())
        .withNamespace(resource.getMetadata().getNamespace())
        .withLabels(Names.labels(resource))
        .withOwnerReferences(owner(resource))
        .build();
  }

  /// The reference by which an object is the resource's.
  ///
  /// @param resource the service
  public static OwnerReference owner(Microservice resource) {
    return new OwnerReferenceBuilder()
        .withApiVersion(resource.getApiVersion())
        .withKind(Microservice.KIND)
        .withName(resource.service())
        .withUid(resource.getMetadata().getUid())
        .withController(true)
        .build();
  }

  /// Which budgets an installation can have.
  ///
  /// @param stable whether the API has `policy/v1`
  /// @param beta whether it has `policy/v1beta1`
  public static Budgets budgets(boolean stable, boolean beta) {
    if (stable) {
      return Budgets.V1;
    }
    return beta ? Budgets.V1_BETA : Budgets.NONE;
  }
}
