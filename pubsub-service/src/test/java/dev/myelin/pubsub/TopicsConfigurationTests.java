package dev.myelin.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.membership.ClusterFolder;
import dev.myelin.pubsub.topic.SharedTopics;
import dev.myelin.topic.broker.BrokerTopics;
import dev.myelin.wire.TopicMessage;
import dev.myelin.wire.Topics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

final class TopicsConfigurationTests {

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner().withUserConfiguration(PubSubConfiguration.class);

  @Test
  void topicsWithoutAFolderAreInMemory() {
    runner.run(context -> {
      assertThat(context.getBean(Topics.class)).isInstanceOf(BrokerTopics.class);
      context
          .getBean(Topics.class)
          .publish(new TopicMessage("1", "orders", Instant.EPOCH, "T", "1", Map.of()));
    });
  }

  @Test
  void topicsWithAFolderAreInIt(@TempDir Path root) {
    runner
        .withBean(ClusterFolder.class, () -> new ClusterFolder(root))
        .run(context -> {
          assertThat(context.getBean(Topics.class)).isInstanceOf(SharedTopics.class);
          context
              .getBean(Topics.class)
              .publish(new TopicMessage("1", "orders", Instant.EPOCH, "T", "1", Map.of()));
          assertThat(root.resolve("topics")).isDirectoryContaining("glob:**.topics");
        });
  }

  @Test
  void natsNeedsNoServerToStart() {
    runner
        .withPropertyValues(
            "myelin.pubsub.broker=nats", "myelin.pubsub.nats.servers=nats://127.0.0.1:1")
        .run(context -> assertThat(context.getBean(Topics.class)).isInstanceOf(BrokerTopics.class));
  }

  @ParameterizedTest
  @CsvSource({
    "max-age, 1ns, 0",
    "max-size, 1MB, 1023KB",
    "memory, 1MB, 1023KB",
    "nats.replicas, 5, 6",
    "nats.replicas, 1, 0",
    "nats.stream, a-1_B, a.b",
    "nats.timeout, 1ns, 0"
  })
  void propertyBeyondItsLimitStopsTheStart(String name, String limit, String beyond) {
    var property = "myelin.pubsub." + name;

    runner
        .withPropertyValues(property + "=" + limit)
        .run(context -> assertThat(context).hasNotFailed());
    runner
        .withPropertyValues(property + "=" + beyond)
        .run(
            context -> assertThat(context).getFailure().rootCause().hasMessageContaining(property));
  }
}
