package dev.myelin.orchestrator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.myelin.kubernetes.TestCluster;
import dev.myelin.membership.Resolver;
import dev.myelin.membership.Snapshot;
import dev.myelin.orchestrator.kubernetes.apply.ApiWrites;
import dev.myelin.orchestrator.kubernetes.apply.Differences;
import dev.myelin.orchestrator.kubernetes.desired.DesiredObjects;
import dev.myelin.orchestrator.kubernetes.desired.DesiredRoutes;
import dev.myelin.orchestrator.kubernetes.desired.DesiredSettings;
import dev.myelin.orchestrator.kubernetes.desired.DesiredSettings.Budgets;
import dev.myelin.orchestrator.kubernetes.desired.DesiredSettings.Share;
import dev.myelin.orchestrator.kubernetes.desired.RouteKind;
import dev.myelin.orchestrator.kubernetes.desired.RouteSettings;
import dev.myelin.orchestrator.kubernetes.loop.Demanded;
import dev.myelin.orchestrator.kubernetes.loop.Fleet;
import dev.myelin.orchestrator.kubernetes.loop.KeeperAssembly;
import dev.myelin.orchestrator.kubernetes.loop.KubernetesLoop;
import dev.myelin.orchestrator.kubernetes.loop.ServiceKeeper;
import dev.myelin.orchestrator.kubernetes.resource.Microservice;
import dev.myelin.orchestrator.kubernetes.resource.MicroserviceStatus.Condition;
import dev.myelin.orchestrator.kubernetes.watch.NamespaceCache;
import dev.myelin.orchestrator.lease.LeaderLease;
import dev.myelin.orchestrator.observe.CallLedger;
import dev.myelin.orchestrator.observe.MembershipWatch;
import dev.myelin.orchestrator.observe.ReadingsWatch;
import dev.myelin.orchestrator.reconcile.Wakeup;
import dev.myelin.orchestrator.scale.DecisionLog;
import dev.myelin.orchestrator.scale.ScalingWindows;
import dev.myelin.orchestrator.time.Time;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Routes of single services on a real API server. Every one has Ingresses; those that have no
/// Routes or HTTPRoutes show what is said then. The services have no instances.
@Tag("kubernetes")
final class ExposeIT {

  private static final Path DEFINITION = Path.of("../charts/myelin/crds/microservices.yaml");
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final String BY_INGRESS = "expose: {host: %s, ingress: {className: none}}";

  private final TestCluster cluster = TestCluster.open("routes");
  private final KubernetesClient client = cluster.client();
  private final Set<RouteKind> present =
      EnumSet.allOf(RouteKind.class).stream()
          .filter(kind -> client.supports(kind.apiVersion(), kind.kind()))
          .collect(Collectors.toSet());
  private final DesiredRoutes routes =
      new DesiredRoutes(
          new RouteSettings(RouteSettings.NONE.gateway(), EnumSet.allOf(RouteKind.class), present),
          client.getKubernetesSerialization());
  private final AtomicReference<ServiceKeeper> keeper = new AtomicReference<>();
  private final Wakeup wakeup = new Wakeup();
  private final Time time = Time.system();
  private final NamespaceCache cache =
      new NamespaceCache(
          client,
          cluster.namespace(),
          new NamespaceCache.Kinds(Budgets.NONE, present),
          service -> {
            keeper.get().changed(service);
            wakeup.wake();
          });
  private final KubernetesLoop loop =
      new KubernetesLoop(new HeldLease(), wakeup, Duration.ofMillis(250), keeper());

  private ServiceKeeper keeper() {
    var serialization = client.getKubernetesSerialization();
    var second = Duration.ofSeconds(1);
    keeper.set(
        new KeeperAssembly(
                new Fleet(
                    cache,
                    new MembershipWatch(new NobodyListed(), () -> {}),
                    new ReadingsWatch(Map::of, Runnable::run, time, new CallLedger()),
                    time),
                new DesiredObjects(
                    new DesiredSettings(
                        "myelin-core:7070",
                        new Share(new Quantity("10m"), new Quantity("16Mi")),
                        Duration.ofMinutes(2),
                        List.of(),
                        null,
                        Budgets.NONE),
                    serialization),
                routes,
                new Differences(serialization),
                new ApiWrites(client, "it", time),
                new HeldLease())
            .assemble(
                new KeeperAssembly.Scaling(
                    new ScalingWindows(second, second, second, second, second, second),
                    new DecisionLog(10),
                    new Demanded()),
                Thread::startVirtualThread,
                wakeup::wake));
    return keeper.get();
  }

  @BeforeEach
  void start() throws IOException {
    var definition =
        Objects.requireNonNull(
            client
                .getKubernetesSerialization()
                .unmarshal(Files.readString(DEFINITION), CustomResourceDefinition.class));
    client.resource(definition).fieldManager("myelin-it").forceConflicts().serverSideApply();
    client
        .resource(definition)
        .waitUntilCondition(
            found ->
                found.getStatus() != null
                    && found.getStatus().getConditions().stream()
                        .anyMatch(it ->
                            it.getType().equals("Established") && it.getStatus().equals("True")),
            30,
            TimeUnit.SECONDS);
    cache.start();
    loop.start();
  }

  @AfterEach
  void stop() {
    loop.stop();
    cache.close();
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
        .inNamespace(cluster.namespace())
        .fieldManager("kubectl")
        .forceConflicts()
        .serverSideApply();
  }

  private Resource<Ingress> ingress(String name) {
    return client.network().v1().ingresses().inNamespace(cluster.namespace()).withName(name);
  }

  private Optional<Condition> exposed(String name) {
    var status =
        client
            .resources(Microservice.class)
            .inNamespace(cluster.namespace())
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
            assertThat(
                    new Differences(client.getKubernetesSerialization())
                        .between(
                            routes.of(cache.service("echo").orElseThrow()),
                            cache.routes("echo"),
                            1))
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
    client.resources(Microservice.class).inNamespace(cluster.namespace()).withName("echo").delete();
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
    client.resource(foreign).inNamespace(cluster.namespace()).create();

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

  private static final class HeldLease implements LeaderLease {

    @Override
    public boolean acquire() {
      return true;
    }

    @Override
    public boolean renew() {
      return true;
    }

    @Override
    public OptionalLong epoch() {
      return OptionalLong.of(1);
    }

    @Override
    public Optional<String> holder() {
      return Optional.of("it");
    }

    @Override
    public void release() {}
  }

  private static final class NobodyListed implements Resolver {

    @Override
    public Snapshot snapshot(String service) {
      return Snapshot.EMPTY;
    }

    @Override
    public Snapshot awaitChange(String service, Snapshot known, Duration limit) {
      return known;
    }

    @Override
    public AutoCloseable listen(String service, Consumer<Snapshot> listener) {
      return () -> {};
    }
  }
}
