package dev.myelin.topic.broker;

import dev.myelin.CallException;
import dev.myelin.Deadline;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.topic.broker.GroupQueue.Candidate;
import dev.myelin.wire.Settlement;
import dev.myelin.wire.Settlement.Outcome;
import dev.myelin.wire.TopicDelivery;
import dev.myelin.wire.TopicMessage;
import dev.myelin.wire.TopicNames;
import dev.myelin.wire.TopicSubscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A broker whose queues live in this process, over a store of messages and positions.
///
/// Leases, attempts and waiting times are not stored: after a start, all that is not settled is
/// delivered again at once, with attempts counted from 1.
public final class QueueBroker implements Broker {

  private static final Logger log = LoggerFactory.getLogger(QueueBroker.class);

  private final TopicStore store;
  private final LongSupplier nanos;
  private final ConcurrentMap<String, TopicQueue> topics = new ConcurrentHashMap<>();
  private final TopicStore.Contents contents;
  private volatile boolean closed;

  /// Creates one over what is stored.
  ///
  /// @param store keeps the messages; closed with the broker
  /// @param nanos interval clock, as [System#nanoTime()] is one
  public QueueBroker(TopicStore store, LongSupplier nanos) {
    this.store = store;
    this.nanos = nanos;
    this.contents = store.load();
    contents.groups().keySet().forEach(group -> topic(group.topic()));
  }

  /// One that forgets everything with the process.
  ///
  /// @param limit most bytes of all messages together, roughly
  public static QueueBroker inMemory(long limit) {
    return new QueueBroker(new MemoryTopicStore(limit), System::nanoTime);
  }

  private TopicQueue topic(String name) {
    return topics.computeIfAbsent(name, topic -> new TopicQueue(topic, store, contents, nanos));
  }

  @Override
  public void publish(TopicMessage message, Deadline deadline) {
    TopicNames.require("topic", message.topic());
    TopicNames.requireId(message.id());
    requireOpen();
    var topic = topic(message.topic());
    var accepted = new CompletableFuture<Long>();
    var before = topic.note(message.id(), accepted);
    if (before != null) {
      await(before, message, deadline);
      return;
    }
    try {
      long sequence = store.append(message);
      topic.stored(sequence);
      accepted.complete(sequence);
    } catch (RuntimeException e) {
      topic.forget(message.id());
      accepted.completeExceptionally(e);
      throw e;
    }
  }

  private static void await(
      CompletableFuture<Long> accepted, TopicMessage message, Deadline deadline) {
    try {
      var _ = accepted.get(Math.max(1, deadline.remaining().toNanos()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw unavailable(
          "Topic '%s' has not accepted publication '%s', which was published at the same time by another call"
              .formatted(message.topic(), message.id()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CallException(
          Status.CANCELLED, Execution.MAY_HAVE_RUN, "publishing was interrupted", e);
    }
  }

  private static CallException unavailable(String detail, @Nullable Throwable cause) {
    return new CallException(Status.UNAVAILABLE, Execution.MAY_HAVE_RUN, detail, cause);
  }

  private void requireOpen() {
    if (closed) {
      throw new CallException(
          Status.UNAVAILABLE, Execution.DID_NOT_RUN, "the broker of this process is closed");
    }
  }

  @Override
  public Cursor open(TopicSubscription subscription) {
    requireOpen();
    var cursor = new QueueCursor(topic(subscription.topic()), subscription);
    if (cursor.topic.enter(subscription, cursor) instanceof QueueCursor before) {
      before.close();
    }
    return cursor;
  }

  @Override
  public void settle(Settlement settlement) {
    var topic = topic(settlement.topic());
    var attempt = attempt(settlement.token());
    switch (settlement.outcome()) {
      case Outcome.Acknowledged() -> topic.settle(settlement.group(), attempt.sequence());
      case Outcome.Retry(var delay) -> topic.retry(settlement.group(), attempt, delay);
      case Outcome.Dead(var attempts, var reason) -> {
        if (topic.holds(settlement.group(), attempt)) {
          bury(topic, settlement.group(), attempt.sequence(), attempts, reason);
        }
      }
    }
  }

  private static Candidate attempt(String token) {
    int dot = token.indexOf('.');
    try {
      return new Candidate(
          Long.parseLong(token, 0, Math.max(dot, 0), 10),
          Integer.parseInt(token, dot + 1, token.length(), 10));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'%s' is no token of a delivery".formatted(token), e);
    }
  }

  /// Moves a message to the dead-letter topic; what fails leaves it where it is.
  private void bury(TopicQueue topic, String group, long sequence, int attempts, String reason) {
    var message = store.read(topic.name(), sequence);
    if (message.isPresent()) {
      publish(
          message.get().deadLetter(group, attempts, reason), Deadline.after(Duration.ofSeconds(5)));
      log.warn(
          "topic={} publication={} group={} attempts={} state=dead reason={}",
          topic.name(),
          message.get().id(),
          group,
          attempts,
          TopicNames.headerValue(reason));
    }
    topic.settle(group, sequence);
  }

  @Override
  public void extend(String topic, String group, List<String> tokens) {
    topic(topic).extend(group, tokens.stream().map(QueueBroker::attempt).toList());
  }

  @Override
  public void close() {
    closed = true;
    topics.values().forEach(TopicQueue::wake);
    store.close();
  }

  /// A member's place.
  private final class QueueCursor implements Cursor {

    private final TopicQueue topic;
    private final TopicSubscription subscription;
    private volatile boolean left;

    QueueCursor(TopicQueue topic, TopicSubscription subscription) {
      this.topic = topic;
      this.subscription = subscription;
    }

    @Override
    public @Nullable TopicDelivery take(Duration limit) {
      long until = nanos.getAsLong() + limit.toNanos();
      try {
        while (true) {
          var attempt = topic.take(subscription, this, until, this::closed);
          if (attempt == null) {
            return null;
          }
          var delivery = delivery(attempt);
          if (delivery != null) {
            return delivery;
          }
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        close();
        return null;
      }
    }

    private @Nullable TopicDelivery delivery(Candidate attempt) {
      var message = store.read(topic.name(), attempt.sequence());
      if (message.isEmpty()) {
        log.warn(
            "topic={} sequence={} group={} state=lost reason=retention",
            topic.name(),
            attempt.sequence(),
            subscription.group());
        topic.settle(subscription.group(), attempt.sequence());
        return null;
      }
      if (attempt.attempt() > subscription.maxAttempts() && !TopicNames.deadLetters(topic.name())) {
        bury(
            topic,
            subscription.group(),
            attempt.sequence(),
            attempt.attempt() - 1,
            "no subscriber lived to settle it within its ack timeout of "
                + subscription.ackTimeout());
        return null;
      }
      return new TopicDelivery(attempt.token(), attempt.attempt(), message.get());
    }

    @Override
    public boolean closed() {
      return left || closed;
    }

    @Override
    public void close() {
      if (!left) {
        left = true;
        topic.leave(subscription, this);
      }
    }
  }
}
