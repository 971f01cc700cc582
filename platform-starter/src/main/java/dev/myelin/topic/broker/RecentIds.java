package dev.myelin.topic.broker;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Ids that a topic has accepted of late, or is about to. Not thread-safe.
final class RecentIds {

  private static final Duration WINDOW = Duration.ofMinutes(2);
  private static final int MOST = 100_000;

  private final LongSupplier nanos;
  private final Map<String, CompletableFuture<Long>> known = new HashMap<>();
  private final ArrayDeque<Noted> order = new ArrayDeque<>();

  private record Noted(String id, CompletableFuture<Long> accepted, long at) {}

  RecentIds(LongSupplier nanos, List<String> accepted) {
    this.nanos = nanos;
    for (var id : accepted) {
      var _ = note(id, CompletableFuture.completedFuture(0L));
    }
  }

  /// Notes an id.
  ///
  /// @param id the id
  /// @param accepted completes with the message's number
  /// @return what was noted for the id before; null if nothing was
  @Nullable CompletableFuture<Long> note(String id, CompletableFuture<Long> accepted) {
    forgetOld();
    var before = known.putIfAbsent(id, accepted);
    if (before == null) {
      order.add(new Noted(id, accepted, nanos.getAsLong()));
    }
    return before;
  }

  /// Forgets an id whose message was not accepted.
  void forget(String id) {
    known.remove(id);
  }

  private void forgetOld() {
    long now = nanos.getAsLong();
    while (!order.isEmpty()
        && (order.size() > MOST || now - order.getFirst().at() > WINDOW.toNanos())) {
      var old = order.removeFirst();
      known.remove(old.id(), old.accepted());
    }
  }
}
