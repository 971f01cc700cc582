package dev.myelin.charts;

import static org.awaitility.Awaitility.await;

import dev.myelin.kubernetes.TestCluster;
import dev.myelin.membership.CoreAddress;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A namespace of its own in the cluster of `KUBECONFIG`, and what is asked of and seen in it.
///
/// @param made the namespace, gone when this is closed
/// @param kubeconfig the file
record Cluster(TestCluster made, Path kubeconfig) implements AutoCloseable {

  private static final String COMPONENT = "app.kubernetes.io/component";
  private static final String SERVICE = "myelin.dev/service";
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private static final ResourceDefinitionContext MICROSERVICES =
      new ResourceDefinitionContext.Builder()
          .withGroup("myelin.dev")
          .withVersion("v1")
          .withKind("Microservice")
          .withPlural("microservices")
          .withNamespaced(true)
          .build();

  /// What every namespace has.
  private static final Set<String> ALWAYS =
      Set.of("ServiceAccount default", "ConfigMap kube-root-ca.crt");

  /// Makes the namespace.
  ///
  /// @param purpose what its name begins with
  /// @throws IllegalStateException if there is no cluster; it says how to get one
  static Cluster open(String purpose) {
    var made = TestCluster.open(purpose);
    var file = Path.of(System.getenv("KUBECONFIG").split(File.pathSeparator, 2)[0]);
    return new Cluster(made, file);
  }

  KubernetesClient client() {
    return made.client();
  }

  String namespace() {
    return made.namespace();
  }

  /// A client of its own whose namespace is this one, as that of a pod is its pod's.
  KubernetesClient inItsNamespace() {
    var config = Config.fromKubeconfig(kubeconfig.toFile());
    config.setNamespace(namespace());
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /// Everything in the namespace but events and what every namespace has, as `KIND NAME`.
  List<String> everything() {
    var all = new ArrayList<HasMetadata>();
    all.addAll(client().apps().deployments().inNamespace(namespace()).list().getItems());
    all.addAll(client().apps().statefulSets().inNamespace(namespace()).list().getItems());
    all.addAll(client().apps().daemonSets().inNamespace(namespace()).list().getItems());
    all.addAll(client().apps().replicaSets().inNamespace(namespace()).list().getItems());
    all.addAll(client().batch().v1().jobs().inNamespace(namespace()).list().getItems());
    all.addAll(client().pods().inNamespace(namespace()).list().getItems());
    all.addAll(client().services().inNamespace(namespace()).list().getItems());
    all.addAll(client().endpoints().inNamespace(namespace()).list().getItems());
    all.addAll(client().configMaps().inNamespace(namespace()).list().getItems());
    all.addAll(client().secrets().inNamespace(namespace()).list().getItems());
    all.addAll(client().serviceAccounts().inNamespace(namespace()).list().getItems());
    all.addAll(client().rbac().roles().inNamespace(namespace()).list().getItems());
    all.addAll(client().rbac().roleBindings().inNamespace(namespace()).list().getItems());
    all.addAll(
        client().network().v1().networkPolicies().inNamespace(namespace()).list().getItems());
    all.addAll(client().leases().inNamespace(namespace()).list().getItems());
    all.addAll(microservices());
    all.addAll(
        client()
            .rbac()
            .clusterRoles()
            .withLabel("app.kubernetes.io/part-of", "myelin")
            .list()
            .getItems());
    return all.stream()
        .map(each -> each.getKind() + " " + each.getMetadata().getName())
        .filter(each -> !ALWAYS.contains(each) && !each.startsWith("Secret default-token-"))
        .sorted()
        .toList();
  }

  /// The services' resources; none where the API does not know them.
  List<? extends HasMetadata> microservices() {
    var definition =
        client()
            .apiextensions()
            .v1()
            .customResourceDefinitions()
            .withName("microservices.myelin.dev");
    return definition.get() == null
        ? List.of()
        : client()
            .genericKubernetesResources(MICROSERVICES)
            .inNamespace(namespace())
            .list()
            .getItems();
  }

  /// A number of a service's status, 0 where it has none yet.
  int status(String service, String field) {
    var found =
        client()
            .genericKubernetesResources(MICROSERVICES)
            .inNamespace(namespace())
            .withName(service)
            .get();
    return found != null && found.get("status", field) instanceof Integer number ? number : 0;
  }

  /// Makes or renews the definition of Microservices, which Helm does not.
  void define(Path definition) throws IOException {
    try (var file = Files.newInputStream(definition)) {
      var _ = client().load(file).forceConflicts().serverSideApply();
    }
    await().atMost(LIMIT).ignoreExceptions().until(() -> microservices() != null);
  }

  /// Changes a field of a service's spec, as `kubectl edit` does.
  void set(String service, String field, Object value) {
    var _ =
        client()
            .genericKubernetesResources(MICROSERVICES)
            .inNamespace(namespace())
            .withName(service)
            .patch(
                PatchContext.of(PatchType.JSON_MERGE),
                Serialization.asJson(Map.of("spec", Map.of(field, value))));
  }

  /// Makes a secret.
  void secret(String name, Map<String, String> data) {
    var secret =
        new SecretBuilder()
            .withNewMetadata()
            .withName(name)
            .endMetadata()
            .withStringData(data)
            .build();
    var _ = client().secrets().inNamespace(namespace()).resource(secret).create();
  }

  /// Whether a condition of a pod holds, as the API says it; empty where nobody has said anything.
  String condition(String pod, String type) {
    var found = client().pods().inNamespace(namespace()).withName(pod).get();
    return found == null
        ? ""
        : found.getStatus().getConditions().stream()
            .filter(each -> each.getType().equals(type))
            .map(PodCondition::getStatus)
            .findFirst()
            .orElse("");
  }

  /// Where a Service is found by what runs on a node.
  String address(String service) {
    var found = client().services().inNamespace(namespace()).withName(service).require().getSpec();
    return "http://%s:%d".formatted(found.getClusterIP(), found.getPorts().getFirst().getPort());
  }

  /// Pods of a component that are ready and stay.
  List<String> ready(String component) {
    return ready(COMPONENT, component);
  }

  /// Instances of a service that are ready and stay.
  List<String> instances(String service) {
    return ready(SERVICE, service);
  }

  private List<String> ready(String label, String value) {
    return pods(label, value).stream()
        .filter(pod ->
            pod.getStatus().getConditions().stream()
                .anyMatch(
                    each -> each.getType().equals("Ready") && each.getStatus().equals("True")))
        .map(pod -> pod.getMetadata().getName())
        .toList();
  }

  /// All pods that stay, of a component.
  List<String> pods(String component) {
    return pods(COMPONENT, component).stream().map(pod -> pod.getMetadata().getName()).toList();
  }

  private List<Pod> pods(String label, String value) {
    return client()
        .pods()
        .inNamespace(namespace())
        .withLabel(label, value)
        .list()
        .getItems()
        .stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .toList();
  }

  /// Whether no pod of a component is left, not even one that leaves.
  boolean gone(String component) {
    return client()
        .pods()
        .inNamespace(namespace())
        .withLabel(COMPONENT, component)
        .list()
        .getItems()
        .isEmpty();
  }

  /// Sets the number of a Deployment's pods, as `kubectl scale` does.
  void scale(String deployment, int count) {
    var _ =
        client().apps().deployments().inNamespace(namespace()).withName(deployment).scale(count);
  }

  /// All pods that run.
  List<String> pods() {
    return client().pods().inNamespace(namespace()).list().getItems().stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .filter(pod -> pod.getStatus().getPhase().equals("Running"))
        .map(pod -> pod.getMetadata().getName())
        .toList();
  }

  /// Names of pods that were started here lately, those that are no more too.
  Set<String> startedPods() {
    return client().v1().events().inNamespace(namespace()).list().getItems().stream()
        .filter(event -> event.getReason().equals("Started"))
        .map(event -> event.getInvolvedObject().getName())
        .collect(Collectors.toSet());
  }

  /// The pod that acts as orchestrator, if one that stays does.
  Optional<String> leader() {
    var holder =
        client()
            .leases()
            .inNamespace(namespace())
            .withName("myelin-orchestrator")
            .require()
            .getSpec()
            .getHolderIdentity();
    return pods(COMPONENT, "core").stream()
        .filter(pod -> core(pod).equals(holder))
        .map(pod -> pod.getMetadata().getName())
        .findFirst();
  }

  // A core process is called by its address
  private static String core(Pod pod) {
    try {
      return CoreAddress.id(InetAddress.getByName(pod.getStatus().getPodIP())).value();
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Asks a pod to leave, as `kubectl drain` does.
  ///
  /// @return whether it leaves; not while a disruption budget keeps it
  boolean evict(String pod) {
    return client().pods().inNamespace(namespace()).withName(pod).evict();
  }

  /// Ends a pod at once, as the loss of its machine would.
  void kill(String pod) {
    var _ = client().pods().inNamespace(namespace()).withName(pod).withGracePeriod(0).delete();
  }

  /// Asks a Service of the namespace by HTTP, through the API server.
  ///
  /// @return the answer's body
  String ask(String service, String method, String path, @Nullable Object body) {
    return client()
        .raw(
            "/api/v1/namespaces/%s/services/http:%s:http/proxy%s"
                .formatted(namespace(), service, path),
            method,
            body);
  }

  @Override
  public void close() {
    made.close();
  }
}
