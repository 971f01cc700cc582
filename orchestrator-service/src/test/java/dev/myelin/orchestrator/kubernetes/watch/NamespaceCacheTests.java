package dev.myelin.orchestrator.kubernetes.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.orchestrator.kubernetes.desired.DesiredSettings.Budgets;
import dev.myelin.orchestrator.kubernetes.desired.Names;
import dev.myelin.orchestrator.kubernetes.resource.Microservice;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Against the client's own mock server, which neither applies nor validates: the same on a real
/// API is in `ExposeIT`, outages are in [NamespaceCacheOutageTests].
@EnableKubernetesMockClient(crud = true)
final class NamespaceCacheTests {

  @SuppressWarnings("NullAway.Init") // by the extension
  KubernetesMockServer server;

  @SuppressWarnings("NullAway.Init") // by the extension
  KubernetesClient client;

  private final LinkedBlockingQueue<String> changes = new LinkedBlockingQueue<>();
  private NamespaceCache cache;

  @BeforeEach
  void start() {
    server.expectCustomResource(
        CustomResourceDefinitionContext.fromCustomResourceType(Microservice.class));
    cache = new NamespaceCache(client, "n", Budgets.V1, changes::add);
  }

  @AfterEach
  void stop() {
    cache.close();
  }

  private void awaitChange(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      assertThat(changes.poll(30, TimeUnit.SECONDS)).as("a change within 30 s").isNotNull();
    }
  }

  private Microservice put(String namespace, String name) {
    var resource =
        Objects.requireNonNull(
            client
                .getKubernetesSerialization()
                .unmarshal(
                    "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"image\":\"a:1\"}}".formatted(name),
                    Microservice.class));
    return client.resource(resource).inNamespace(namespace).create();
  }

  private Pod pod(String name, String service) {
    return client
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels(Names.MANAGED_BY, Names.MYELIN)
                .addToLabels(Names.SERVICE, service)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("service")
                .withImage("a:1")
                .endContainer()
                .endSpec()
                .build())
        .inNamespace("n")
        .create();
  }

  @Test
  void nothingIsKnownBeforeTheStart() {
    assertThat(cache.complete()).isFalse();
    assertThat(cache.services()).isEmpty();
  }

  @Test
  void cacheFollowsItsNamespace() throws InterruptedException {
    put("n", "a");
    put("other", "b");
    cache.start();
    awaitChange(() -> cache.service("a").isPresent());

    put("n", "c");
    awaitChange(() -> cache.service("c").isPresent());
    client.resources(Microservice.class).inNamespace("n").withName("a").delete();
    awaitChange(() -> cache.service("a").isEmpty());

    assertThat(cache.services()).extracting(Microservice::service).containsExactly("c");
  }

  @Test
  void podsAreFoundByTheirService() throws InterruptedException {
    pod("a-1", "a");
    pod("a-2", "a");
    pod("b-1", "b");
    cache.start();

    awaitChange(() -> cache.pods("a").size() == 2 && cache.pods("b").size() == 1);

    assertThat(cache.pod("a-2")).isPresent();
    assertThat(cache.pods("c")).isEmpty();
  }
}
