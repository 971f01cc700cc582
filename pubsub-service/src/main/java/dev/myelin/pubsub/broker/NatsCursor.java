package dev.myelin.pubsub.broker;

import dev.myelin.CallException;
import dev.myelin.topic.broker.Broker;
import dev.myelin.wire.TopicDelivery;
import dev.myelin.wire.TopicMessage;
import dev.myelin.wire.TopicNames;
import dev.myelin.wire.TopicSubscription;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.impl.AckType;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A member's place in a consumer of JetStream, which is asked for one message at a time.
final class NatsCursor implements Broker.Cursor {

  private static final Logger log = LoggerFactory.getLogger(NatsCursor.class);
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final int MOST_TAKEN = 10_000;

  private final NatsBroker broker;
  private final TopicSubscription subscription;
  private final JetStreamSubscription messages;
  private final Consumer<NatsCursor> whenClosed;
  // what was not settled through this process; perhaps it was through another one
  private final Set<String> taken = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();

  NatsCursor(
      NatsBroker broker,
      TopicSubscription subscription,
      JetStreamSubscription messages,
      Consumer<NatsCursor> whenClosed) {
    this.broker = broker;
    this.subscription = subscription;
    this.messages = messages;
    this.whenClosed = whenClosed;
  }

  @Override
  public @Nullable TopicDelivery take(Duration limit) {
    long left = limit.toNanos();
    // in short steps, so that a cursor that is closed ends soon
    for (; !closed(); left -= LOOK.toNanos()) {
      var step = Duration.ofNanos(Math.max(1_000_000, Math.min(left, LOOK.toNanos())));
      var message = fetch(step);
      var delivery = message == null ? null : delivery(message);
      if (delivery != null) {
        return delivery;
      }
      if (message == null && left <= LOOK.toNanos()) {
        return null;
      }
    }
    return null;
  }

  private @Nullable Message fetch(Duration limit) {
    try {
      var fetched = messages.fetch(1, limit);
      return fetched.isEmpty() ? null : fetched.getFirst();
    } catch (IllegalStateException e) {
      // the subscription or its consumer is gone: whoever has this cursor opens another one
      log.debug("A cursor ended: {}", subscription, e);
      close();
      return null;
    }
  }

  private @Nullable TopicDelivery delivery(Message message) {
    var delivery = NatsDelivery.of(message.getReplyTo());
    var event =
        broker
            .format()
            .read(
                message.getSubject(),
                message.getHeaders(),
                message.getData(),
                delivery.sequence(),
                message.metaData().timestamp().toInstant());
    if (delivery.attempt() > subscription.maxAttempts()
        && !TopicNames.deadLetters(subscription.topic())) {
      bury(delivery, event);
      return null;
    }
    if (taken.size() < MOST_TAKEN) {
      taken.add(delivery.token());
    }
    return new TopicDelivery(delivery.token(), delivery.attempt(), event);
  }

  private void bury(NatsDelivery delivery, TopicMessage event) {
    try {
      broker.bury(
          event,
          subscription.group(),
          delivery.attempt() - 1,
          "no subscriber lived to settle it within its ack timeout of "
              + subscription.ackTimeout());
      broker.say(delivery, AckType.AckTerm, Duration.ZERO);
    } catch (CallException e) {
      // it comes again
      log.debug("A dead letter was not moved", e);
    }
  }

  void settled(String token) {
    taken.remove(token);
  }

  @Override
  public boolean closed() {
    return closed.get();
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    whenClosed.accept(this);
    try {
      for (var buffered = fetch(Duration.ofMillis(1)); buffered != null; buffered = null) {
        taken.add(buffered.getReplyTo());
      }
      messages.unsubscribe();
      for (var token : taken) {
        broker.say(NatsDelivery.of(token), AckType.AckNak, GRACE);
      }
    } catch (CallException | IllegalStateException e) {
      log.debug("What a cursor held is left to lapse: {}", subscription, e);
    }
  }
}
