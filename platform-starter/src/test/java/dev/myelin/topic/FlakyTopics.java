package dev.myelin.topic;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.topic.broker.BrokerTopics;
import dev.myelin.topic.broker.QueueBroker;
import dev.myelin.wire.Settlement;
import dev.myelin.wire.TopicDelivery;
import dev.myelin.wire.TopicMessage;
import dev.myelin.wire.TopicSubscription;
import dev.myelin.wire.Topics;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Topics in memory whose calls fail while a test wants them to.
final class FlakyTopics implements Topics, AutoCloseable {

  private final BrokerTopics real = new BrokerTopics(QueueBroker.inMemory(1 << 20));
  private final AtomicInteger refused = new AtomicInteger();
  private volatile @Nullable Status failure;
  private volatile Runnable beforeSubscribing = () -> {};

  /// Lets every call fail; null = none.
  void fail(@Nullable Status with) {
    failure = with;
  }

  /// Does something before each subscription begins.
  void beforeSubscribing(Runnable action) {
    beforeSubscribing = action;
  }

  /// Calls that failed.
  int refused() {
    return refused.get();
  }

  private Topics real() {
    var with = failure;
    if (with != null) {
      refused.incrementAndGet();
      throw new CallException(with, Execution.DID_NOT_RUN, "as the test wants");
    }
    return real;
  }

  @Override
  public void publish(TopicMessage message) {
    real().publish(message);
  }

  @Override
  public Flow.Publisher<TopicDelivery> subscribe(TopicSubscription subscription) {
    var publisher = real().subscribe(subscription);
    return subscriber -> {
      beforeSubscribing.run();
      publisher.subscribe(subscriber);
    };
  }

  @Override
  public void settle(Settlement settlement) {
    real().settle(settlement);
  }

  @Override
  public void extend(String topic, String group, List<String> tokens) {
    real().extend(topic, group, tokens);
  }

  @Override
  public void close() {
    real.close();
  }
}
