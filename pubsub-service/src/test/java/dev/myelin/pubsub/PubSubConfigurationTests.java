package dev.myelin.pubsub;

import static dev.myelin.membership.Members.instance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.membership.ClusterLease;
import dev.myelin.wire.Announcement;
import dev.myelin.wire.Announcement.Change;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import dev.myelin.wire.PubSub;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.json.JsonMapper;

final class PubSubConfigurationTests {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner().withUserConfiguration(PubSubConfiguration.class);

  private static Announcement drain(long epoch) {
    return new Announcement(new InstanceId("a-1"), Change.DRAIN, "test", epoch);
  }

  @Test
  void providesPubsubWithItsDefaults() {
    runner.run(context -> {
      assertThat(context.getBean(PubSub.class).register(instance("a-1", "a"))).isEqualTo(2);
      assertThat(context.getBean(PubSubProperties.class))
          .isEqualTo(new PubSubProperties(4096, 256));
    });
  }

  @Test
  void membersOutliveTheContextInTheClusterFolder(@TempDir Path root) {
    var folder = new ClusterFolder(root);
    var inFolder = runner.withBean(ClusterFolder.class, () -> folder);
    inFolder.run(context -> {
      context.getBean(PubSub.class).register(instance("a-1", "a"));
      context.getBean(PubSub.class).announce(drain(1));
    });

    inFolder.run(context -> {
      context.getBean(PubSub.class).register(instance("a-2", "a"));
      assertThat(folder.readAll(folder.members(), Member.class))
          .extracting(Member::state)
          .containsExactly(InstanceState.DRAINING, InstanceState.SERVING);
    });
  }

  @Test
  void drainOfAnOrchestratorThatLostItsLeaseIsRefused(@TempDir Path root) {
    var folder = new ClusterFolder(root);
    folder.write(folder.lease(), new ClusterLease("core-2", 5, 1));

    runner
        .withBean(ClusterFolder.class, () -> folder)
        .run(context ->
            assertThatIllegalArgumentException()
                .isThrownBy(() -> context.getBean(PubSub.class).announce(drain(4)))
                .withMessageContaining("epoch 4 is older than the newest known, 5"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"retention", "backlog"})
  void propertyBelowItsLimitStopsTheStart(String name) {
    var property = "myelin.core.pubsub." + name;

    runner.withPropertyValues(property + "=1").run(context -> assertThat(context).hasNotFailed());
    runner
        .withPropertyValues(property + "=0")
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessage(property + " is 0 but must be at least 1"));
  }

  @Test
  void everyPropertyIsDescribed() throws IOException {
    try (var metadata =
        getClass().getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
      var json =
          new String(Objects.requireNonNull(metadata).readAllBytes(), StandardCharsets.UTF_8);
      var properties = JsonMapper.shared().readTree(json).get("properties");

      assertThat(properties)
          .extracting(property -> property.get("name").asString())
          .containsExactlyInAnyOrder(
              "myelin.core.pubsub.backlog",
              "myelin.core.pubsub.retention",
              "myelin.pubsub.broker",
              "myelin.pubsub.force",
              "myelin.pubsub.max-age",
              "myelin.pubsub.max-size",
              "myelin.pubsub.memory",
              "myelin.pubsub.nats.credentials",
              "myelin.pubsub.nats.replicas",
              "myelin.pubsub.nats.servers",
              "myelin.pubsub.nats.ssl-bundle",
              "myelin.pubsub.nats.stream",
              "myelin.pubsub.nats.timeout");
      assertThat(properties)
          .allSatisfy(property -> assertThat(property.has("description")).isTrue());
    }
  }
}
