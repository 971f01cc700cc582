package dev.myelin.pubsub.topic;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.membership.SerialScheduler;
import dev.myelin.topic.broker.BrokerTopics;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Settlement;
import dev.myelin.wire.TopicDelivery;
import dev.myelin.wire.TopicMessage;
import dev.myelin.wire.TopicSubscription;
import dev.myelin.wire.Topics;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Topics over the broker of a cluster, of which there is one at a time.
///
/// - The process that gets the [Seat] opens the broker; each second, every other process tries to
///   get it, so that one of them follows within about a second when that process ends. One that has
///   lost it closes its broker.
/// - The others pass every call on to it. Only a process that has or had the seat is ever named, so
///   no call goes round in a circle for longer than a change takes.
/// - Between two holders calls fail as unavailable, and callers repeat them.
///
/// Thread-safe.
public final class SharedTopics implements Topics, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SharedTopics.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final InstanceId self;
  private final Seat seat;
  private final Supplier<BrokerTopics> opening;
  private final Function<InstanceId, Optional<Topics>> peers;
  private final SerialScheduler scheduler;
  private volatile @Nullable BrokerTopics own;
  // who has the broker, as it was a second ago
  private volatile Optional<InstanceId> holder = Optional.empty();
  private volatile boolean closed;
  // belongs to the claims
  private boolean failing;

  /// Creates one, and opens the broker if nobody has it.
  ///
  /// @param self this process
  /// @param seat who has the broker
  /// @param opening opens it
  /// @param peers finds the topics of another process
  /// @param scheduler tells when to try again; closed with this
  public SharedTopics(
      InstanceId self,
      Seat seat,
      Supplier<BrokerTopics> opening,
      Function<InstanceId, Optional<Topics>> peers,
      SerialScheduler scheduler) {
    this.self = self;
    this.seat = seat;
    this.opening = opening;
    this.peers = peers;
    this.scheduler = scheduler;
    claim();
    var _ = scheduler.repeat(INTERVAL, this::claim);
  }

  private synchronized void claim() {
    if (closed) {
      return;
    }
    try {
      if (seat.take()) {
        if (own == null) {
          own = open();
          log.info("broker=embedded holder={} state=opened", self);
        }
      } else {
        closeOwn();
        holder = seat.holder();
      }
      failing = false;
    } catch (UncheckedIOException | IllegalArgumentException e) {
      if (!failing) {
        log.error("The broker cannot be opened or found; trying again each second", e);
      }
      failing = true;
      seat.close();
    }
  }

  private void closeOwn() {
    var mine = own;
    own = null;
    if (mine != null) {
      mine.close();
      log.warn("broker=embedded holder={} state=closed: another process may have it", self);
    }
  }

  // either opened and announced, or neither: the seat is left where this fails
  private BrokerTopics open() {
    var opened = opening.get();
    try {
      seat.announce(self);
      return opened;
    } catch (UncheckedIOException e) {
      opened.close();
      throw e;
    }
  }

  private Topics topics() {
    var here = own;
    if (here != null && !closed) {
      return here;
    }
    var known = closed ? Optional.<InstanceId>empty() : holder;
    return known
        .filter(id -> !id.equals(self))
        .flatMap(peers)
        .orElseThrow(() ->
            new CallException(
                Status.UNAVAILABLE,
                Execution.DID_NOT_RUN,
                "No process has the topics of this cluster at the moment%s"
                    .formatted(
                        known.map(id -> "; the last one was '%s'".formatted(id)).orElse(""))));
  }

  @Override
  public void publish(TopicMessage message) {
    topics().publish(message);
  }

  @Override
  public Flow.Publisher<TopicDelivery> subscribe(TopicSubscription subscription) {
    return topics().subscribe(subscription);
  }

  @Override
  public void settle(Settlement settlement) {
    topics().settle(settlement);
  }

  @Override
  public void extend(String topic, String group, List<String> tokens) {
    topics().extend(topic, group, tokens);
  }

  /// Closes the broker, if it is this process's, and lets another one have it.
  @Override
  public synchronized void close() {
    closed = true;
    scheduler.close();
    var mine = own;
    if (mine != null) {
      mine.close();
    }
    seat.close();
  }
}
