package dev.myelin.pubsub.topic;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.membership.ClusterFolder;
import dev.myelin.membership.SerialScheduler;
import dev.myelin.topic.broker.BrokerTopics;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Settlement;
import dev.myelin.wire.TopicDelivery;
import dev.myelin.wire.TopicMessage;
import dev.myelin.wire.TopicSubscription;
import dev.myelin.wire.Topics;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Topics over the broker of a folder, of which there is one in a cluster.
///
/// - The process that gets the folder's lock opens the broker; each second, every other process
///   tries to get it, so that one of them follows within about a second when that process ends.
/// - The others pass every call on to it. Only a process that has or had the lock is ever named,
///   and one that has it keeps it until it ends, so no call goes round in a circle.
/// - Between two holders calls fail as unavailable, and callers repeat them.
///
/// Thread-safe.
public final class SharedTopics implements Topics, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SharedTopics.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final InstanceId self;
  private final BrokerSeat seat;
  private final Function<Path, BrokerTopics> opening;
  private final Function<InstanceId, Optional<Topics>> peers;
  private final Path files;
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
  /// @param folder the cluster's folder
  /// @param opening opens the broker whose files are in a folder
  /// @param peers finds the topics of another process
  /// @param scheduler tells when to try again; closed with this
  public SharedTopics(
      InstanceId self,
      ClusterFolder folder,
      Function<Path, BrokerTopics> opening,
      Function<InstanceId, Optional<Topics>> peers,
      SerialScheduler scheduler) {
    this.self = self;
    this.seat = new BrokerSeat(folder);
    this.files = BrokerSeat.files(folder);
    this.opening = opening;
    this.peers = peers;
    this.scheduler = scheduler;
    claim();
    var _ = scheduler.repeat(INTERVAL, this::claim);
  }

  private synchronized void claim() {
    if (closed || own != null) {
      return;
    }
    try {
      if (seat.take()) {
        own = open();
        log.info("broker={} holder={} state=opened", files, self);
      } else {
        holder = seat.holder();
      }
      failing = false;
    } catch (UncheckedIOException | IllegalArgumentException e) {
      if (!failing) {
        log.error(
            "The broker in '{}' cannot be opened or found; trying again each second", files, e);
      }
      failing = true;
      seat.close();
    }
  }

  // either opened and announced, or neither: the seat is left where this fails
  private BrokerTopics open() {
    var opened = opening.apply(files);
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
