package dev.myelin.autoconfigure;

import dev.myelin.EventBus;
import dev.myelin.Hosting;
import dev.myelin.topic.EventFormat;
import dev.myelin.topic.TopicEventBus;
import dev.myelin.topic.TopicObservations;
import dev.myelin.topic.broker.BrokerTopics;
import dev.myelin.topic.broker.QueueBroker;
import dev.myelin.wire.ApplicationDescription;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Topics;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import tools.jackson.databind.json.JsonMapper;

/// An event bus, and the subscriptions of annotated methods: through pubsub in a cluster, through
/// memory in one process.
@AutoConfiguration(after = MyelinAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "myelin.topics.enabled", matchIfMissing = true)
@EnableConfigurationProperties(TopicProperties.class)
public final class TopicAutoConfiguration {

  TopicAutoConfiguration() {}

  /// Where the topics are.
  ///
  /// @param topics gets them or a stand-in for them
  /// @param end lets go of those of this process
  record Source(Supplier<Topics> topics, Runnable end) implements AutoCloseable {

    @Override
    public void close() {
      end.run();
    }
  }

  @Bean
  static Source myelinTopicSource(
      Environment environment, TopicProperties properties, ObjectProvider<Topics> remote) {
    if (Hosting.of(environment).remote()) {
      return new Source(remote::getObject, () -> {});
    }
    var local = new BrokerTopics(QueueBroker.inMemory(properties.memory().toBytes()));
    return new Source(() -> local, local::close);
  }

  @Bean
  static Subscribers.Parts myelinTopicParts(
      Source source,
      TopicProperties properties,
      LifecycleProperties lifecycle,
      ObjectProvider<JsonMapper> json,
      TopicObservations observations) {
    return new Subscribers.Parts(
        source.topics(),
        new EventFormat(
            json.getIfAvailable(() -> JsonMapper.builder().build()),
            properties.maxEventSize().toBytes()),
        properties.settings(lifecycle.drainTimeout()),
        observations);
  }

  @Bean
  static TopicObservations myelinTopicObservations(
      ObservationProperties properties, ObjectProvider<ObservationRegistry> registry) {
    return new TopicObservations(
        properties.enabled()
            ? registry.getIfAvailable(() -> ObservationRegistry.NOOP)
            : ObservationRegistry.NOOP);
  }

  @Bean
  @ConditionalOnMissingBean
  static EventBus myelinEventBus(Subscribers.Parts parts) {
    return new TopicEventBus(
        parts.topics(),
        parts.format(),
        parts.settings().publishTimeout(),
        parts.observations(),
        Clock.systemUTC());
  }

  @Bean
  static Subscribers myelinSubscribers(
      ConfigurableListableBeanFactory beans,
      ServiceDefinitions services,
      Environment environment,
      ApplicationDescription description,
      InstanceId id,
      Subscribers.Parts parts) {
    var role = ProcessRole.of(Hosting.of(environment));
    return new Subscribers(
        new SubscriberScanner(beans, services, role, description, id), id, parts);
  }
}
