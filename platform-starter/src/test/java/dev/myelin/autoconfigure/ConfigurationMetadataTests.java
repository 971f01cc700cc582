package dev.myelin.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ConfigurationMetadataTests {

  private static List<JsonNode> properties() throws IOException {
    try (var metadata =
        Objects.requireNonNull(
            ConfigurationMetadataTests.class.getResourceAsStream(
                "/META-INF/spring-configuration-metadata.json"))) {
      return JsonMapper.shared().readTree(metadata).get("properties").valueStream().toList();
    }
  }

  @Test
  void propertyWhenDeclaredHasADescription() throws IOException {
    assertThat(properties())
        .allSatisfy(property ->
            assertThat(property.path("description").asString(""))
                .as(property.path("name").asString())
                .isNotBlank());
  }

  @Test
  void propertiesWhenDeclaredAreTheDocumentedOnes() throws IOException {
    assertThat(properties())
        .extracting(property -> property.path("name").asString())
        .contains(
            "myelin.mode",
            "myelin.hosts",
            "myelin.instance-id",
            "myelin.cluster.folder",
            "myelin.bind-address",
            "myelin.port",
            "myelin.orphan-timeout",
            "myelin.drain-timeout",
            "myelin.leave-timeout",
            "myelin.advertised-host",
            "myelin.core.address",
            "myelin.core.url",
            "myelin.core.token",
            "myelin.core.token-secret",
            "myelin.core.ssl-bundle",
            "myelin.core.service",
            "myelin.kubernetes.config",
            "myelin.kubernetes.context",
            "myelin.kubernetes.namespace",
            "myelin.kubernetes.name",
            "myelin.kubernetes.lease-duration",
            "myelin.services",
            "myelin.client.max-attempts",
            "myelin.client.connections",
            "myelin.client.connect-timeout",
            "myelin.client.slow-start",
            "myelin.admission.queue",
            "myelin.admission.longest-wait",
            "myelin.admission.adaptive",
            "myelin.client.ejection.failures",
            "myelin.client.ejection.base-time",
            "myelin.client.ejection.max-time",
            "myelin.client.retry-budget.ratio",
            "myelin.client.retry-budget.floor",
            "myelin.client.retry-budget.reserve",
            "myelin.ssl.bundle",
            "myelin.ssl.enabled",
            "myelin.ssl.client-auth",
            "myelin.ssl.verify-hostname",
            "myelin.context.authentication",
            "myelin.context.locale",
            "myelin.context.baggage",
            "myelin.observation.enabled",
            "myelin.observation.prometheus",
            "myelin.topics.enabled",
            "myelin.topics.publish-timeout",
            "myelin.topics.ack-timeout",
            "myelin.topics.window",
            "myelin.topics.max-attempts",
            "myelin.topics.backoff.first",
            "myelin.topics.backoff.longest",
            "myelin.topics.max-event-size",
            "myelin.topics.memory",
            "myelin.objects.max-attempts",
            "myelin.objects.turn-lease",
            "myelin.objects.time-to-live",
            "myelin.objects.store",
            "myelin.objects.service",
            "myelin.objects.schema",
            "myelin.objects.max-state-size",
            "myelin.objects.timeout",
            "myelin.objects.attempt-timeout",
            "myelin.objects.jdbc.table",
            "myelin.objects.jdbc.purge-interval",
            "myelin.objects.cassandra.keyspace",
            "myelin.objects.cassandra.table",
            "myelin.objects.cassandra.replicas",
            "myelin.objects.cassandra.consistency",
            "myelin.objects.cassandra.serial-consistency",
            "myelin.objects.cache.enabled",
            "myelin.objects.cache.time-to-live",
            "myelin.objects.cache.absent",
            "myelin.wire.max-frame-size",
            "myelin.wire.max-streams",
            "myelin.wire.max-connections");
  }
}
