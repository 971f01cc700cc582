package dev.myelin.storage.memcached;

import dev.myelin.storage.EphemeralStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;

/// Keeps values in a cluster of memcacheds. Thread-safe.
///
/// - A key is on `replicas` nodes of a ketama ring. A write goes to all of them and succeeds if one
///   took it; a read takes the first value that one of them has, and puts it where it was missing.
/// - A node that is dead or hangs costs an operation its timeout at most, and after three silences
///   nothing at all, until a probe has found it well again. Keys that it missed a write of are
///   removed from it before it is used for them again.
/// - When the nodes change, keys are looked for in their new place, then in the former one, while
///   they are carried over.
/// - A write is told from another by a random number of 64 bits. [#compareAndSet] and [#add] are
///   atomic on a key's first node; with that node gone for some clients and not for others, two may
///   succeed.
/// - Values larger than an item are split; what is read of them is of one write, or nothing.
public final class MemcachedEphemeralStore implements EphemeralStore, AutoCloseable {

  private static final int MOST_REPAIRS = 32;

  private final MemcachedSettings settings;
  private final Cluster cluster;
  private final NodeValues values;
  private final Semaphore repairs = new Semaphore(MOST_REPAIRS);

  /// Connects to a cluster. Returns after a few timeouts, whether its nodes are reached or not; it
  /// goes on trying.
  ///
  /// @param settings how it is used
  /// @param source which nodes there are
  /// @param clock tells when items end
  /// @return the store
  public static MemcachedEphemeralStore connect(
      MemcachedSettings settings, NodeSource source, Clock clock) {
    var store = new MemcachedEphemeralStore(settings, source, clock);
    store.cluster.start();
    return store;
  }

  private MemcachedEphemeralStore(MemcachedSettings settings, NodeSource source, Clock clock) {
    this.settings = settings;
    this.cluster = new Cluster(settings, source, clock);
    this.values = new NodeValues(settings.sizes(), clock);
  }

  /// How each node is.
  public List<NodeState> nodes() {
    return cluster.states();
  }

  @Override
  public Optional<Stamped> get(String key) {
    var stored = StoredKey.of(settings.prefix(), key);
    long place = Ring.place(stored.text());
    var view = cluster.view();
    var missed = new ArrayList<MemcachedNode>(settings.replicas());
    var failures = new Failures("get", stored);
    for (var node : view.owners(place)) {
      var found = failures.attempt(node, each -> values.read(view, each, stored, place));
      if (found == null) {
        continue;
      }
      if (found.isPresent()) {
        repair(view, node, missed, stored);
        return found;
      }
      missed.add(node);
    }
    for (var node : view.formerOwners(place)) {
      var found = failures.attempt(node, each -> values.read(view, each, stored, place));
      if (found != null && found.isPresent()) {
        return found;
      }
    }
    failures.requireOne();
    return Optional.empty();
  }

  private void repair(View view, MemcachedNode from, List<MemcachedNode> missed, StoredKey key) {
    if (missed.isEmpty() || !repairs.tryAcquire()) {
      return;
    }
    Thread.startVirtualThread(() -> {
      try {
        for (var node : missed) {
          values.copy(view, from, node, key.text());
        }
      } catch (NodeFailure e) {
        // the next read tries again
      } finally {
        repairs.release();
      }
    });
  }

  @Override
  public Map<String, byte[]> getAll(Collection<String> keys) {
    return new BatchRead(cluster.view(), values, settings.prefix()).read(keys, this::get);
  }

  @Override
  public void put(String key, byte[] value, Duration timeToLive) {
    var write = prepare(key, value, timeToLive);
    var place = place(write);
    var failures = new Failures("put", write.key());
    for (var node : place.owners()) {
      failures.replace(node, each -> set(each, write));
    }
    place.former().forEach(node -> failures.replace(node, each -> each.delete(write.key().text())));
    failures.requireOne();
  }

  @Override
  public boolean add(String key, byte[] value, Duration timeToLive) {
    var write = prepare(key, value, timeToLive);
    return conditional("add", write, node -> values.add(node, write), true);
  }

  @Override
  public boolean compareAndSet(String key, long stamp, byte[] value, Duration timeToLive) {
    var write = prepare(key, value, timeToLive);
    return conditional(
        "compare and set", write, node -> values.compareAndSet(node, stamp, write), false);
  }

  // the first node that answers decides, the others get what it has
  private boolean conditional(
      String operation,
      NodeValues.Write write,
      Failures.Request<Boolean> condition,
      boolean absent) {
    var place = place(write);
    var failures = new Failures(operation, write.key());
    Boolean decided = null;
    if (absent && place.former().stream().anyMatch(node -> has(failures, node, write))) {
      return false;
    }
    for (var node : place.owners()) {
      if (decided == null) {
        decided = failures.decide(node, condition);
        if (Boolean.FALSE.equals(decided)) {
          return false;
        }
      } else {
        failures.replace(node, each -> set(each, write));
      }
    }
    failures.requireOne();
    return true;
  }

  private static boolean has(Failures failures, MemcachedNode node, NodeValues.Write write) {
    return Boolean.TRUE.equals(
        failures.attempt(node, each -> each.get(write.key().text()) != null));
  }

  @Override
  public boolean remove(String key) {
    var stored = StoredKey.of(settings.prefix(), key);
    var place = place(stored);
    var failures = new Failures("remove", stored);
    boolean there = false;
    for (var node : place.all()) {
      there |= Boolean.TRUE.equals(failures.replace(node, each -> each.delete(stored.text())));
    }
    failures.requireOne();
    return there;
  }

  @Override
  public long increment(String key, long delta, Duration timeToLive) {
    EphemeralStore.requireDelta(key, delta);
    int expiry = values.expiry(EphemeralStore.requireTimeToLive(timeToLive));
    var stored = StoredKey.of(settings.prefix(), key);
    var failures = new Failures("increment", stored);
    Long sum = null;
    var owners = place(stored).owners();
    for (var node : owners) {
      if (sum == null) {
        sum =
            failures.count(
                node,
                each -> {
                  recall(owners, each, stored, expiry);
                  return each.increment(stored.text(), delta, delta, expiry);
                });
      } else {
        long known = sum;
        failures.count(node, each -> each.increment(stored.text(), delta, known, expiry));
      }
    }
    failures.requireOne();
    return sum == null ? delta : sum;
  }

  // Others are always counted after the first: what they have and it has not, it has lost. Where
  // two
  // come here at the same time, only one adds.
  private static void recall(
      List<MemcachedNode> owners, MemcachedNode first, StoredKey key, int expiry)
      throws NodeFailure {
    if (owners.size() == 1 || first.get(key.text()) != null) {
      return;
    }
    for (var other : owners) {
      if (other != first && other.available()) {
        var digits = other.get(key.text());
        if (digits != null && NodeValues.counter(digits)) {
          first.add(key.text(), expiry, digits);
          return;
        }
      }
    }
  }

  private NodeValues.Write prepare(String key, byte[] value, Duration timeToLive) {
    return values.prepare(
        StoredKey.of(settings.prefix(), key),
        value,
        ThreadLocalRandom.current().nextLong(),
        EphemeralStore.requireTimeToLive(timeToLive));
  }

  private Boolean set(MemcachedNode node, NodeValues.Write write) throws NodeFailure {
    values.set(node, write);
    return true;
  }

  private record Place(List<MemcachedNode> owners, List<MemcachedNode> former) {
    List<MemcachedNode> all() {
      if (former.isEmpty()) {
        return owners;
      }
      var all = new ArrayList<>(owners);
      all.addAll(former);
      return all;
    }
  }

  private Place place(NodeValues.Write write) {
    return place(write.key());
  }

  private Place place(StoredKey key) {
    var view = cluster.view();
    long place = Ring.place(key.text());
    return new Place(view.owners(place), view.formerOwners(place));
  }

  @Override
  public void close() {
    cluster.close();
  }
}
