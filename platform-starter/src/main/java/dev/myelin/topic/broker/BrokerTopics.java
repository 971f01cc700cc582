package dev.myelin.topic.broker;

import dev.myelin.Deadline;
import dev.myelin.wire.Settlement;
import dev.myelin.wire.TopicDelivery;
import dev.myelin.wire.TopicMessage;
import dev.myelin.wire.TopicSubscription;
import dev.myelin.wire.Topics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow;

/// A broker as a service: each subscription is a stream that a thread of its own feeds as fast as
/// its subscriber asks. Thread-safe.
public final class BrokerTopics implements Topics, AutoCloseable {

  private static final Duration PUBLISH_LIMIT = Duration.ofSeconds(10);

  private final Broker broker;

  /// Creates one.
  ///
  /// @param broker keeps the messages; closed with this
  public BrokerTopics(Broker broker) {
    this.broker = broker;
  }

  @Override
  public void publish(TopicMessage message) {
    broker.publish(message, Deadline.currentOr(PUBLISH_LIMIT));
  }

  @Override
  public Flow.Publisher<TopicDelivery> subscribe(TopicSubscription subscription) {
    return subscriber -> new Pump(broker.open(subscription), subscriber).start();
  }

  @Override
  public void settle(Settlement settlement) {
    broker.settle(settlement);
  }

  @Override
  public void extend(String topic, String group, List<String> tokens) {
    broker.extend(topic, group, tokens);
  }

  /// Closes the broker, which completes every subscription.
  @Override
  public void close() {
    broker.close();
  }
}
