package dev.myelin.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myelin.kubernetes.TestCluster;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Instance;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.client.discovery.DiscoveryClient;

/// What Spring Cloud Kubernetes itself says of a service of a real cluster.
@Tag("kubernetes")
final class StandbyDiscoveryIT {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}

  @Test
  void instancesAreTheReadyAddressesOfTheServiceOnItsPortOfCalls() {
    try (var cluster = TestCluster.open("standby")) {
      make(cluster);
      try (var context =
          new SpringApplicationBuilder(Application.class)
              .web(WebApplicationType.NONE)
              .run(
                  "--spring.main.cloud-platform=kubernetes",
                  "--spring.cloud.kubernetes.client.namespace=" + cluster.namespace())) {
        var clients = context.getBeanProvider(DiscoveryClient.class).orderedStream().toList();
        var standby = new StandbyDiscovery(clients, 7070);

        await()
            .atMost(LIMIT)
            .untilAsserted(() ->
                assertThat(standby.instances("tax"))
                    .extracting(Instance::endpoint)
                    .containsExactlyInAnyOrder(
                        new Endpoint("10.1.0.7", 7071), new Endpoint("10.1.0.8", 7071)));
        assertThat(standby.instances("tax")).extracting(Instance::id).doesNotHaveDuplicates();
        assertThat(standby.instances("other")).isEmpty();
      }
    }
  }

  // As the orchestrator's Service, and what the cluster makes of its pods
  private static void make(TestCluster cluster) {
    var services = cluster.client().services().inNamespace(cluster.namespace());
    services
        .resource(
            new ServiceBuilder()
                .withNewMetadata()
                .withName("tax")
                .endMetadata()
                .withNewSpec()
                .withClusterIP("None")
                .addNewPort()
                .withName("http")
                .withPort(8080)
                .endPort()
                .addNewPort()
                .withName("calls")
                .withPort(7071)
                .endPort()
                .endSpec()
                .build())
        .create();
    var endpoints = cluster.client().endpoints().inNamespace(cluster.namespace());
    endpoints
        .resource(
            new EndpointsBuilder()
                .withNewMetadata()
                .withName("tax")
                .endMetadata()
                .addNewSubset()
                .addNewAddress()
                .withIp("10.1.0.7")
                .endAddress()
                .addNewAddress()
                .withIp("10.1.0.8")
                .endAddress()
                .addNewNotReadyAddress()
                .withIp("10.1.0.9")
                .endNotReadyAddress()
                .addNewPort()
                .withName("http")
                .withPort(8080)
                .endPort()
                .addNewPort()
                .withName("calls")
                .withPort(7071)
                .endPort()
                .endSubset()
                .build())
        .create();
  }
}
