package dev.myelin.pubsub.broker;

import static java.util.Objects.requireNonNull;

import dev.myelin.CallException;
import dev.myelin.Deadline;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.topic.broker.Broker;
import dev.myelin.wire.Settlement;
import dev.myelin.wire.Settlement.Outcome;
import dev.myelin.wire.TopicMessage;
import dev.myelin.wire.TopicNames;
import dev.myelin.wire.TopicSubscription;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.PublishOptions;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.impl.AckType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Topics as subjects of one JetStream stream, and each group as a durable consumer of it.
///
/// Any number of processes may have one on the same stream: everything is kept by NATS, and a
/// delivery may be settled through another process than the one that took it.
public final class NatsBroker implements Broker {

  private static final Logger log = LoggerFactory.getLogger(NatsBroker.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LEAST_TIMEOUT = Duration.ofMillis(10);
  private static final int MOST_HELD = 100_000;
  private static final int NO_SUCH_CONSUMER = 10014;
  private static final int NO_SUCH_MESSAGE = 10037;

  private final NatsSettings settings;
  private final NatsLink link;
  private final NatsFormat format;
  private final ConcurrentMap<Place, NatsCursor> cursors = new ConcurrentHashMap<>();

  /// Creates one; connects when it is first needed.
  ///
  /// @param settings how NATS is reached
  public NatsBroker(NatsSettings settings) {
    this.settings = settings;
    this.link = new NatsLink(settings);
    this.format = new NatsFormat(settings.stream());
  }

  private record Place(String consumer, String subscriber) {}

  @Override
  public void publish(TopicMessage message, Deadline deadline) {
    TopicNames.require("topic", message.topic());
    TopicNames.requireId(message.id());
    var left = deadline.remaining();
    var timeout = left.compareTo(settings.timeout()) < 0 ? left : settings.timeout();
    var options =
        PublishOptions.builder()
            .expectedStream(settings.stream())
            .messageId(format.duplicateId(message))
            .streamTimeout(timeout.compareTo(LEAST_TIMEOUT) < 0 ? LEAST_TIMEOUT : timeout)
            .build();
    var what = "publication '%s' of topic '%s'".formatted(message.id(), message.topic());
    try {
      var _ =
          link.ask(
              what, connection -> connection.jetStream().publish(format.write(message), options));
    } catch (IllegalArgumentException e) {
      throw new CallException(
          Status.INVALID_ARGUMENT,
          Execution.DID_NOT_RUN,
          "NATS cannot carry %s: %s".formatted(what, e.getMessage()),
          e);
    }
  }

  @Override
  public Cursor open(TopicSubscription subscription) {
    var consumer = consumer(subscription.topic(), subscription.group());
    var place = new Place(consumer, subscription.subscriber());
    var messages =
        link.ask(
            "the subscription of group '%s' to topic '%s'"
                .formatted(subscription.group(), subscription.topic()),
            connection -> {
              requireConsumer(connection.jetStreamManagement(), consumer, subscription);
              return connection
                  .jetStream()
                  .subscribe(null, PullSubscribeOptions.bind(settings.stream(), consumer));
            });
    var cursor =
        new NatsCursor(this, subscription, messages, ended -> cursors.remove(place, ended));
    var before = cursors.put(place, cursor);
    if (before != null) {
      before.close();
    }
    return cursor;
  }

  /// A name without dots, which separate the words of NATS's own subjects.
  private static String consumer(String topic, String group) {
    return (topic + "@" + group).replace('.', '=');
  }

  private void requireConsumer(
      JetStreamManagement management, String consumer, TopicSubscription subscription)
      throws IOException, JetStreamApiException {
    try {
      var known =
          management.getConsumerInfo(settings.stream(), consumer).getConsumerConfiguration();
      if (!subscription.ackTimeout().equals(known.getAckWait())) {
        var _ =
            management.addOrUpdateConsumer(
                settings.stream(),
                ConsumerConfiguration.builder(known).ackWait(subscription.ackTimeout()).build());
      }
    } catch (JetStreamApiException e) {
      if (e.getApiErrorCode() != NO_SUCH_CONSUMER) {
        throw e;
      }
      var _ =
          management.addOrUpdateConsumer(
              settings.stream(), configuration(management, consumer, subscription));
    }
  }

  // not «from now on», which a server that starts again would take for the time of its start
  private ConsumerConfiguration configuration(
      JetStreamManagement management, String consumer, TopicSubscription subscription)
      throws IOException, JetStreamApiException {
    long last = management.getStreamInfo(settings.stream()).getStreamState().getLastSequence();
    var configuration =
        ConsumerConfiguration.builder()
            .durable(consumer)
            .filterSubject(format.subject(subscription.topic()))
            .deliverPolicy(DeliverPolicy.ByStartSequence)
            .startSequence(last + 1)
            .ackPolicy(AckPolicy.Explicit)
            .ackWait(subscription.ackTimeout())
            .maxDeliver(-1)
            .maxAckPending(MOST_HELD);
    return subscription.lasting()
        ? configuration.build()
        : configuration.inactiveThreshold(PATIENCE).build();
  }

  @Override
  public void settle(Settlement settlement) {
    var delivery = NatsDelivery.of(settlement.token());
    switch (settlement.outcome()) {
      case Outcome.Acknowledged() -> say(delivery, AckType.AckAck, Duration.ZERO);
      case Outcome.Retry(var delay) -> say(delivery, AckType.AckNak, delay);
      case Outcome.Dead(var attempts, var reason) -> {
        find(delivery).ifPresent(message -> bury(message, settlement.group(), attempts, reason));
        say(delivery, AckType.AckTerm, Duration.ZERO);
      }
    }
    cursors.values().forEach(cursor -> cursor.settled(settlement.token()));
  }

  /// Tells NATS what became of a delivery, and waits until it has heard.
  void say(NatsDelivery delivery, AckType word, Duration delay) {
    var _ =
        link.ask(
            "the end of a delivery",
            connection -> {
              var heard =
                  connection.request(
                      delivery.token(), word.bodyBytes(delay.toNanos()), settings.timeout());
              if (heard == null) {
                throw new IOException("no answer within " + settings.timeout());
              }
              return heard;
            });
  }

  private Optional<TopicMessage> find(NatsDelivery delivery) {
    return link.ask(
        "a message",
        connection -> {
          try {
            var found =
                connection.jetStreamManagement().getMessage(settings.stream(), delivery.sequence());
            return Optional.of(
                format.read(
                    requireNonNull(found.getSubject()),
                    found.getHeaders(),
                    requireNonNull(found.getData()),
                    found.getSeq(),
                    found.getTime() == null ? Instant.EPOCH : found.getTime().toInstant()));
          } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == NO_SUCH_MESSAGE) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  /// Copies a message to the dead-letter topic.
  void bury(TopicMessage message, String group, int attempts, String reason) {
    publish(message.deadLetter(group, attempts, reason), Deadline.after(settings.timeout()));
    log.warn(
        "topic={} publication={} group={} attempts={} state=dead reason={}",
        message.topic(),
        message.id(),
        group,
        attempts,
        TopicNames.headerValue(reason));
  }

  @Override
  public void extend(String topic, String group, List<String> tokens) {
    link.ask(
        "the extension of deliveries",
        connection -> {
          for (var token : tokens) {
            connection.publish(NatsDelivery.of(token).token(), AckType.AckProgress.bytes);
          }
          return tokens.size();
        });
  }

  NatsFormat format() {
    return format;
  }

  @Override
  public void close() {
    List.copyOf(cursors.values()).forEach(NatsCursor::close);
    link.close();
  }
}
