package dev.myelin.topic;

import dev.myelin.CallException;
import dev.myelin.wire.Settlement;
import dev.myelin.wire.TopicSubscription;
import dev.myelin.wire.Topics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The deliveries that a subscriber holds, and what it could not yet tell the broker of them.
/// Thread-safe.
final class HeldDeliveries {

  private static final Logger log = LoggerFactory.getLogger(HeldDeliveries.class);

  private final Supplier<Topics> topics;
  private final TopicSubscription subscription;
  private final Set<String> held = ConcurrentHashMap.newKeySet();
  private final Map<String, Settlement> untold = new ConcurrentHashMap<>();

  HeldDeliveries(Supplier<Topics> topics, TopicSubscription subscription) {
    this.topics = topics;
    this.subscription = subscription;
  }

  void add(String token) {
    held.add(token);
  }

  /// Gives a delivery up without a word; its lease lapses.
  void drop(String token) {
    held.remove(token);
  }

  /// Tells the broker what became of a delivery, now or, if it is away, later.
  void settle(String token, Settlement.Outcome outcome) {
    held.remove(token);
    tell(new Settlement(subscription.topic(), subscription.group(), token, outcome));
  }

  private void tell(Settlement settlement) {
    try {
      topics.get().settle(settlement);
      untold.remove(settlement.token());
    } catch (CallException e) {
      if (untold.putIfAbsent(settlement.token(), settlement) == null) {
        log.debug("{} is told later: {}", settlement, e.toString());
      }
    } catch (RuntimeException e) {
      untold.remove(settlement.token());
      log.warn("{} is not taken by the broker", settlement, e);
    }
  }

  /// Begins the leases of what is held anew, and tells what could not be told before.
  void renew() {
    untold.values().forEach(this::tell);
    var tokens = List.copyOf(held);
    if (tokens.isEmpty()) {
      return;
    }
    try {
      topics.get().extend(subscription.topic(), subscription.group(), tokens);
    } catch (RuntimeException e) {
      log.debug("Deliveries of {} are not extended: {}", subscription, e.toString());
    }
  }
}
