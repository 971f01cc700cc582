package dev.myelin.pubsub.delivery;

import dev.myelin.pubsub.membership.MembershipLog;
import dev.myelin.wire.Acknowledgement;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.MembershipSubscription;
import dev.myelin.wire.MembershipUpdate;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The subscribers of a membership log.
///
/// - Each is served at its own pace by runs of its own on the executor; none holds up another or
///   the log.
/// - A second subscription of a subscriber completes its first.
///
/// Thread-safe.
public final class Deliveries implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Deliveries.class);

  private final MembershipLog source;
  private final Delivery.Supply supply;
  private final ConcurrentMap<InstanceId, Delivery> deliveries = new ConcurrentHashMap<>();

  /// Creates one that follows the log.
  ///
  /// @param source the log
  /// @param executor runs each task on a thread that may block
  /// @param backlog changes that a subscriber may be behind before it gets a snapshot instead
  public Deliveries(MembershipLog source, Executor executor, int backlog) {
    this.source = source;
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
  /// acknowledged it.
  ///
  /// @param version a version of the log
  public Acknowledgement acknowledgement(long version) {
    var history = source.history();
    return new Acknowledgement(
        version,
        deliveries.values().stream()
            .filter(delivery -> delivery.owes(version, history))
            .map(Delivery::subscriber)
            .collect(Collectors.toUnmodifiableSet()));
  }

  /// Completes every subscription, so that subscribers look for another pubsub at once.
  @Override
  public void close() {
    deliveries.values().forEach(Delivery::end);
    deliveries.clear();
  }

  private void forget(Delivery delivery) {
    deliveries.remove(delivery.subscriber(), delivery);
  }
}
