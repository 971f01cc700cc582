package dev.myelin.orchestrator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.myelin.orchestrator.kubernetes.desired.RouteKind;
import dev.myelin.orchestrator.kubernetes.desired.RouteSettings;
import dev.myelin.orchestrator.kubernetes.resource.Microservice;
import dev.myelin.orchestrator.kubernetes.resource.MicroserviceStatus.Condition;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Routes of single services on a real API server. Every one has Ingresses; those that have no
/// Routes or HTTPRoutes show what is said then. The services have no instances.
@Tag("kubernetes")
final class ExposeIT {

  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final String BY_INGRESS = "expose: {host: %s, ingress: {className: none}}";

  private final RealCluster cluster = new RealCluster();
  private final KubernetesClient client = cluster.client;
  private final Set<RouteKind> present =
      EnumSet.allOf(RouteKind.class).stream()
          .filter(kind -> client.supports(kind.apiVersion(), kind.kind()))
          .collect(Collectors.toSet());
  private final RunningLoop loop =
      new RunningLoop(
          client,
          cluster.namespace,
          new RouteSettings(RouteSettings.NONE.gateway(), EnumSet.allOf(RouteKind.class), present),
          RunningLoop.SHORT);

  @AfterEach
  void stop() {
    loop.close();
    cluster.close();
  }

  private void apply(String name, String spec) {
    var yaml =
        """
        apiVersion: myelin.dev/v1
        kind: Microservice
        metadata: {name: %s}
        spec:
          image: nothing:1
          minInstances: 0
          external: true
          %s
        """
            .formatted(name, spec);
    client
        .resource(
            Objects.requireNonNull(
                client.getKubernetesSerialization().unmarshal(yaml, Microservice.class)))
        .inNamespace(cluster.namespace)
        .fieldManager("kubectl")
        .forceConflicts()
        .serverSideApply();
  }

  private Resource<Ingress> ingress(String name) {
    return client.network().v1().ingresses().inNamespace(cluster.namespace).withName(name);
  }

  private Optional<Condition> exposed(String name) {
    var status =
        client
            .resources(Microservice.class)
            .inNamespace(cluster.namespace)
            .withName(name)
            .require()
            .getStatus();
    return status == null
        ? Optional.empty()
        : status.conditions().stream().filter(it -> it.type().equals("Exposed")).findFirst();
  }

  private void awaitExposed(String name, String reason) {
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(exposed(name)).map(Condition::reason).hasValue(reason));
  }

  private void awaitHost(String host) {
    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(ingress("echo").get())
                .isNotNull()
                .extracting(it -> it.getSpec().getRules().getFirst().getHost())
                .isEqualTo(host));
  }

  @Test
  void routeComesChangesAndGoes() {
    apply("echo", BY_INGRESS.formatted("a.example.com"));
    awaitHost("a.example.com");
    awaitExposed("echo", "Applied");
    await()
        .atMost(LIMIT)
        .untilAsserted(() ->
            assertThat(loop.changesOfRoutes("echo"))
                .as("what the API made of it is no difference")
                .isEmpty());

    ingress("echo")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"annotations\":{\"team\":\"maths\"}}}");
    apply("echo", BY_INGRESS.formatted("b.example.com"));
    awaitHost("b.example.com");
    assertThat(ingress("echo").require().getMetadata().getAnnotations())
        .containsEntry("team", "maths");

    apply("echo", "concurrency: 2");
    await().atMost(LIMIT).untilAsserted(() -> assertThat(ingress("echo").get()).isNull());
    await().atMost(LIMIT).untilAsserted(() -> assertThat(exposed("echo")).isEmpty());

    apply("echo", BY_INGRESS.formatted("a.example.com"));
    awaitHost("a.example.com");
    client.resources(Microservice.class).inNamespace(cluster.namespace).withName("echo").delete();
    await().atMost(LIMIT).untilAsserted(() -> assertThat(ingress("echo").get()).isNull());
  }

  @Test
  void whatCannotBeIsSaid() {
    var all = "expose: {ingress: {}, route: {}, httpRoute: {parentRefs: [{name: public}]}}";
    apply("echo", all);
    awaitExposed("echo", present.size() == RouteKind.values().length ? "Applied" : "KindMissing");
    await().atMost(LIMIT).untilAsserted(() -> assertThat(ingress("echo").get()).isNotNull());
  }

  @Test
  void routeOfSomebodyElseIsLeftAlone() {
    var foreign =
        new IngressBuilder()
            .withNewMetadata()
            .withName("echo")
            .endMetadata()
            .withNewSpec()
            .withNewDefaultBackend()
            .withNewService()
            .withName("other")
            .withNewPort(null, 80)
            .endService()
            .endDefaultBackend()
            .endSpec()
            .build();
    client.resource(foreign).inNamespace(cluster.namespace).create();

    apply("echo", BY_INGRESS.formatted("a.example.com"));
    awaitExposed("echo", "NameTaken");

    assertThat(ingress("echo").require().getSpec().getRules()).isEmpty();
    assertThat(exposed("echo").orElseThrow().message())
        .isEqualTo(
            "Ingress 'echo' is there already and not Myelin's: rename or delete it, or rename the"
                + " service");
  }

  @Test
  void schemaRefusesWhatCannotBe() {
    for (var wrong :
        List.of(
            "expose: {host: a.example.com}",
            "expose: {ingress: {}, path: quote}",
            "expose: {ingress: {}, host: Not.A.Host}",
            "expose: {route: {termination: passthrough}}",
            "expose: {httpRoute: {parentRefs: []}}")) {
      assertThatThrownBy(() -> apply("echo", wrong))
          .as(wrong)
          .isInstanceOf(KubernetesClientException.class)
          .hasMessageContaining("expose");
    }
  }
}
