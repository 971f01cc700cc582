package dev.myelin.topic;

import dev.myelin.Delivery;
import dev.myelin.Publication;
import dev.myelin.topic.TopicObservations.Outcome;
import dev.myelin.wire.Settlement;
import dev.myelin.wire.TopicDelivery;
import dev.myelin.wire.TopicNames;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands deliveries to a method and settles them by what it did.
///
/// @param method the method
/// @param means its format and limits
/// @param held where what became of them is told
record DeliveryRun(SubscriberMethod method, Subscriber.Means means, HeldDeliveries held) {

  private static final Logger LOG = LoggerFactory.getLogger(DeliveryRun.class);

  /// Handles one, on the current thread.
  void handle(TopicDelivery delivery) {
    means.observations().deliver(delivery, method.group().name(), () -> outcome(delivery));
  }

  // an Error of the method too must neither end the thread nor lose the event
  private Outcome outcome(TopicDelivery delivery) {
    try {
      var message = delivery.message();
      var event = means.format().read(message, method.type());
      var told =
          new Delivery(
              new Publication(message.id(), message.topic(), message.time()),
              method.group().name(),
              delivery.attempt(),
              message.headers());
      var _ =
          EventContext.of(message)
              .during(() -> {
                method.handle(event, told);
                return true;
              });
    } catch (InterruptedException e) {
      held.settle(delivery.token(), new Settlement.Outcome.Retry(Duration.ZERO));
      LOG.debug("A delivery was interrupted", e);
      Thread.currentThread().interrupt();
      return Outcome.RETRIED;
    } catch (Throwable e) {
      return failed(delivery, e);
    }
    held.settle(delivery.token(), new Settlement.Outcome.Acknowledged());
    return Outcome.ACKNOWLEDGED;
  }

  private Outcome failed(TopicDelivery delivery, Throwable failure) {
    var redelivery = means.settings().redelivery();
    int attempt = delivery.attempt();
    var topic = delivery.message().topic();
    boolean dead = attempt >= redelivery.maxAttempts() && !TopicNames.deadLetters(topic);
    LOG.warn(
        "topic={} publication={} group={} subscriber={} attempt={} state={}",
        topic,
        delivery.message().id(),
        method.group().name(),
        method.name(),
        attempt,
        dead ? "dead" : "retried",
        failure);
    held.settle(
        delivery.token(),
        dead
            ? new Settlement.Outcome.Dead(attempt, failure.toString())
            : new Settlement.Outcome.Retry(redelivery.drawn(attempt)));
    return dead ? Outcome.DEAD : Outcome.RETRIED;
  }
}
