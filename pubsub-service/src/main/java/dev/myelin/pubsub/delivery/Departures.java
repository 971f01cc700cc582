package dev.myelin.pubsub.delivery;

import dev.myelin.wire.InstanceId;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/// Who had a subscription here and lost it a short while ago.
///
/// Such a process still acts on the last view that it was sent, until it has found another pubsub:
/// it must not count as having acknowledged what came after. After a while it no longer counts, as
/// its lease on that view has lapsed. Thread-safe.
public final class Departures {

  private final Duration lease;
  private final LongSupplier nanoTicker;
  private final Map<InstanceId, Long> departed = new ConcurrentHashMap<>();

  /// Creates one.
  ///
  /// @param lease how long somebody who is gone counts
  /// @param nanoTicker interval clock, as [System#nanoTime()] is one
  public Departures(Duration lease, LongSupplier nanoTicker) {
    this.lease = lease;
    this.nanoTicker = nanoTicker;
  }

  void left(InstanceId subscriber) {
    departed.put(subscriber, nanoTicker.getAsLong());
  }

  void returned(InstanceId subscriber) {
    departed.remove(subscriber);
  }

  /// Those who left within the lease and did not come back here.
  public Set<InstanceId> recent() {
    long now = nanoTicker.getAsLong();
    departed.values().removeIf(at -> now - at > lease.toNanos());
    return departed.keySet().stream().collect(Collectors.toUnmodifiableSet());
  }
}
