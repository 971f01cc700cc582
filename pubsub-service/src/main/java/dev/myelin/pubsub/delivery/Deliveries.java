package dev.myelin.pubsub.delivery;

import dev.myelin.pubsub.membership.MembershipHistory;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.MembershipSubscription;
import dev.myelin.wire.MembershipUpdate;
import dev.myelin.wire.SubscriberReport;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The subscribers of this pubsub.
///
/// - Each is served at its own pace by runs of its own on the executor; none holds up another or
///   whoever changes the membership.
/// - A second subscription of a subscriber completes its first.
///
/// Thread-safe.
public final class Deliveries implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Deliveries.class);

  private final MembershipHistory source;
  private final Departures departures;
  private final Delivery.Supply supply;
  private final ConcurrentMap<InstanceId, Delivery> deliveries = new ConcurrentHashMap<>();

  /// Creates one that follows the history.
  ///
  /// @param source where the updates come from
  /// @param executor runs each task on a thread that may block
  /// @param backlog changes that a subscriber may be behind before it gets a snapshot instead
  /// @param departures remembers who is gone
  public Deliveries(
      MembershipHistory source, Executor executor, int backlog, Departures departures) {
    this.source = source;
    this.departures = departures;
    this.supply = new Delivery.Supply(source, executor, backlog, this::forget);
    source.onChange(() -> deliveries.values().forEach(Delivery::signal));
  }

  /// A publisher for one subscriber.
  ///
  /// @param subscription what it wants
  public Flow.Publisher<MembershipUpdate> publisher(MembershipSubscription subscription) {
    return subscriber -> {
      var delivery = new Delivery(supply, subscription, subscriber);
      subscriber.onSubscribe(delivery);
      var replaced = deliveries.put(delivery.subscriber(), delivery);
      if (replaced != null) {
        replaced.end();
      }
      departures.returned(delivery.subscriber());
      log.debug("Subscribed: {}", subscription);
      if (!delivery.open()) {
        forget(delivery);
      }
      // Whatever changed before it was in the map.
      delivery.signal();
    };
  }

  /// Notes that a subscriber acts on everything up to a version.
  ///
  /// @param subscriber its id; ignored if it is not connected
  /// @param version a version it was sent
  public void acknowledge(InstanceId subscriber, long version) {
    var delivery = deliveries.get(subscriber);
    if (delivery != null) {
      delivery.acknowledge(version);
    }
  }

  /// Tells which connected subscribers want what has changed up to a version and have not
  /// acknowledged it, and which were connected a short while ago.
  ///
  /// @param version a version of the membership
  public SubscriberReport report(long version) {
    // Before and after: who comes or goes meanwhile is in one of the sets at least
    var absent = new HashSet<>(departures.recent());
    var history = source.retained();
    var pending =
        deliveries.values().stream()
            .filter(delivery -> delivery.owes(version, history))
            .map(Delivery::subscriber)
            .collect(Collectors.toUnmodifiableSet());
    absent.addAll(departures.recent());
    absent.removeAll(pending);
    return new SubscriberReport(pending, absent);
  }

  /// Those of some subscribers that are connected.
  ///
  /// @param subscribers their ids
  public Set<InstanceId> connected(Set<InstanceId> subscribers) {
    return subscribers.stream()
        .filter(deliveries::containsKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /// Completes every subscription, so that subscribers look for another pubsub at once.
  @Override
  public void close() {
    deliveries.values().forEach(Delivery::end);
    deliveries.clear();
  }

  private void forget(Delivery delivery) {
    var subscriber = delivery.subscriber();
    if (delivery.equals(deliveries.get(subscriber))) {
      departures.left(subscriber);
      if (!deliveries.remove(subscriber, delivery)) {
        departures.returned(subscriber);
      }
    }
  }
}
