package dev.myelin.storage.memcached;

import dev.myelin.storage.EphemeralStore.Stamped;
import dev.myelin.storage.StoreException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/// Reads many keys with one request for each node, all nodes at the same time. What a key's first
/// node does not have is read by itself where the key has other nodes. For one read.
final class BatchRead {

  private record Asked(StoredKey key, long place) {}

  private final View view;
  private final NodeValues values;
  private final String prefix;
  private volatile boolean answered;
  private final Map<String, byte[]> found = new ConcurrentHashMap<>();

  BatchRead(View view, NodeValues values, String prefix) {
    this.view = view;
    this.values = values;
    this.prefix = prefix;
  }

  /// Reads them.
  ///
  /// @param keys which
  /// @param single reads one by itself
  Map<String, byte[]> read(Collection<String> keys, Function<String, Optional<Stamped>> single) {
    var batches = new LinkedHashMap<MemcachedNode, List<Asked>>();
    var alone = new ArrayList<String>();
    for (var key : new LinkedHashSet<>(keys)) {
      var stored = StoredKey.of(prefix, key);
      long place = Ring.place(stored.text());
      var owners = view.owners(place);
      if (owners.isEmpty()
          || !owners.getFirst().available()
          || owners.getFirst().doubts().of(stored.text())) {
        alone.add(key);
      } else {
        batches
            .computeIfAbsent(owners.getFirst(), _ -> new ArrayList<>())
            .add(new Asked(stored, place));
        if (owners.size() > 1 || !view.formerOwners(place).isEmpty()) {
          alone.add(key);
        }
      }
    }
    var failed = ask(batches);
    failed.forEach(asked -> alone.add(asked.key().key()));
    readAlone(new LinkedHashSet<>(alone), single);
    return new HashMap<>(found);
  }

  // what a node that is away has is not there; only with nothing there at all does it fail
  private void readAlone(Collection<String> keys, Function<String, Optional<Stamped>> single) {
    StoreException failure = null;
    int failures = 0;
    for (var key : keys) {
      try {
        if (!found.containsKey(key)) {
          single.apply(key).ifPresent(value -> found.put(key, value.value()));
        }
      } catch (StoreException e) {
        failure = e;
        failures++;
      }
    }
    if (failure != null && failures == keys.size() && found.isEmpty() && !answered) {
      throw failure;
    }
  }

  private List<Asked> ask(Map<MemcachedNode, List<Asked>> batches) {
    var failed = Collections.synchronizedList(new ArrayList<Asked>());
    if (batches.size() == 1) {
      batches.forEach((node, batch) -> ask(node, batch, failed));
      return failed;
    }
    var done = new CountDownLatch(batches.size());
    batches.forEach((node, batch) ->
        Thread.startVirtualThread(() -> {
          try {
            ask(node, batch, failed);
          } finally {
            done.countDown();
          }
        }));
    try {
      // each ends within the timeout of its node
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      batches.values().forEach(failed::addAll);
    }
    return failed;
  }

  private void ask(MemcachedNode node, List<Asked> batch, List<Asked> failed) {
    try {
      var bytes = node.getAll(batch.stream().map(asked -> asked.key().text()).toList());
      answered = true;
      for (var asked : batch) {
        var value = bytes.get(asked.key().text());
        if (value != null) {
          values
              .value(view, node, asked.key(), asked.place(), value)
              .ifPresent(read -> found.put(asked.key().key(), read.value()));
        }
      }
    } catch (NodeFailure e) {
      failed.addAll(batch);
    }
  }
}
