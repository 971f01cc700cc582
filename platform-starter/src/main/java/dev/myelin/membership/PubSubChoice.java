package dev.myelin.membership;

import dev.myelin.membership.PubSubs.Place;
import dev.myelin.wire.InstanceId;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/// Chooses the pubsub for the next attempt: the best one of those that did not fail a short while
/// ago, or else the one that failed first.
///
/// Not thread-safe.
final class PubSubChoice {

  private static final Duration SHUN = Duration.ofSeconds(30);

  private final PubSubs pubsubs;
  private final LongSupplier nanoTicker;
  // When each one failed last
  private final Map<InstanceId, Long> failed = new HashMap<>();

  PubSubChoice(PubSubs pubsubs, LongSupplier nanoTicker) {
    this.pubsubs = pubsubs;
    this.nanoTicker = nanoTicker;
  }

  Optional<Place> best() {
    var ranked = pubsubs.ranked();
    long now = nanoTicker.getAsLong();
    failed.keySet().retainAll(ids(ranked));
    failed.values().removeIf(at -> now - at >= SHUN.toNanos());
    return ranked.stream()
        .filter(place -> !failed.containsKey(place.id()))
        .findFirst()
        .or(() ->
            ranked.stream()
                .min(
                    Comparator.comparingLong(place -> failed.getOrDefault(place.id(), now) - now)));
  }

  private static Set<InstanceId> ids(Iterable<Place> places) {
    var ids = new HashSet<InstanceId>();
    places.forEach(place -> ids.add(place.id()));
    return ids;
  }

  /// Takes note that a subscription there failed or ended.
  void failed(InstanceId id) {
    failed.put(id, nanoTicker.getAsLong());
  }

  /// Whether there is one to turn to that did not fail a short while ago.
  boolean promising() {
    return best().filter(place -> !failed.containsKey(place.id())).isPresent();
  }
}
