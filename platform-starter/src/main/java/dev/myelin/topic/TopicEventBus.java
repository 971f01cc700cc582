package dev.myelin.topic;

import dev.myelin.CallException;
import dev.myelin.Deadline;
import dev.myelin.EventBus;
import dev.myelin.Execution;
import dev.myelin.Publication;
import dev.myelin.Status;
import dev.myelin.wire.TopicMessage;
import dev.myelin.wire.TopicNames;
import dev.myelin.wire.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Publishes through [Topics], again and again until a message is accepted or the deadline passes:
/// its id makes that safe. Thread-safe.
public final class TopicEventBus implements EventBus {

  private static final Redelivery PAUSES =
      new Redelivery(Integer.MAX_VALUE, Duration.ofMillis(50), Duration.ofSeconds(1));

  private static final int LONGEST_ID = 256;

  private final Supplier<Topics> topics;
  private final EventFormat format;
  private final Duration timeout;
  private final TopicObservations observations;
  private final Clock clock;

  /// Creates one.
  ///
  /// @param topics gets the topics or a stand-in for them
  /// @param format of the events
  /// @param timeout how long a publisher waits
  /// @param observations observes each publication
  /// @param clock tells when an event was published
  public TopicEventBus(
      Supplier<Topics> topics,
      EventFormat format,
      Duration timeout,
      TopicObservations observations,
      Clock clock) {
    this.topics = topics;
    this.format = format;
    this.timeout = timeout;
    this.observations = observations;
    this.clock = clock;
  }

  @Override
  public Publication publish(String topic, Object event) {
    return publish(topic, event, UUID.randomUUID().toString());
  }

  @Override
  public Publication publish(String topic, Object event, String id) {
    TopicNames.require("topic", topic);
    requireShort(id);
    var content = format.write(topic, event);
    var publication = new Publication(id, topic, clock.instant());
    var headers = new HashMap<String, String>();
    EventContext.write(headers);
    observations.publish(
        topic,
        headers,
        () ->
            send(
                new TopicMessage(
                    id, topic, publication.time(), event.getClass().getName(), content, headers)));
    return publication;
  }

  // a dead letter's id is longer by the name of a group
  private static void requireShort(String id) {
    TopicNames.requireId(id);
    if (id.length() > LONGEST_ID) {
      throw new IllegalArgumentException(
          "The id '%s' has %d characters, at most %d are carried"
              .formatted(id, id.length(), LONGEST_ID));
    }
  }

  private void send(TopicMessage message) {
    var deadline = Deadline.currentOr(timeout);
    for (int attempt = 1; ; attempt++) {
      try {
        deadline.during(() -> {
          topics.get().publish(message);
          return true;
        });
        return;
      } catch (CallException e) {
        var pause = PAUSES.drawn(attempt);
        if (!passing(e.status()) || deadline.remaining().compareTo(pause) <= 0) {
          throw failure(message, attempt, e);
        }
        await(pause, message);
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException("publishing throws no checked exception", e);
      }
    }
  }

  private static boolean passing(Status status) {
    return switch (status) {
      case UNAVAILABLE, DRAINING, RESOURCE_EXHAUSTED, DEADLINE_EXCEEDED -> true;
      case CANCELLED, NOT_FOUND, INVALID_ARGUMENT, INCOMPATIBLE, FAILED, INTERNAL -> false;
    };
  }

  private CallException failure(TopicMessage message, int attempts, CallException cause) {
    return new CallException(
        cause.status(),
        attempts == 1 ? cause.execution() : Execution.MAY_HAVE_RUN,
        "Topic '%s' did not accept publication '%s' within %s (%d attempts): %s"
            .formatted(message.topic(), message.id(), timeout, attempts, cause.getMessage()),
        cause);
  }

  private static void await(Duration pause, TopicMessage message) {
    try {
      // nobody gives it: a wait that an interrupt ends
      var _ = new Semaphore(0).tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CallException(
          Status.CANCELLED,
          Execution.MAY_HAVE_RUN,
          "The thread was interrupted while it published '%s' on topic '%s'"
              .formatted(message.id(), message.topic()),
          e);
    }
  }
}
