package dev.myelin.storage.memory;

import dev.myelin.storage.ObjectKey;
import dev.myelin.storage.ObjectLimits;
import dev.myelin.storage.ObjectPage;
import dev.myelin.storage.ObjectStore;
import dev.myelin.storage.ObjectVersion;
import dev.myelin.storage.ScanPosition;
import dev.myelin.storage.StoredObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Keeps objects in the memory of this process, which ends with them. Thread-safe; never blocks.
///
/// What is out of time is not seen from that instant on, and its memory is given back by the writes
/// that come after.
public final class InMemoryObjectStore implements ObjectStore {

  /// One state of one object, told from all others by being itself.
  private static final class Entry {

    private final StoredObject object;
    private final @Nullable Long expiresAt;
    private final long sequence;

    Entry(StoredObject object, @Nullable Long expiresAt, long sequence) {
      this.object = object;
      this.expiresAt = expiresAt;
      this.sequence = sequence;
    }

    boolean expiredAt(long nanos) {
      return expiresAt != null && nanos - expiresAt >= 0;
    }
  }

  /// Stands for a type that has no objects; nothing is put into it.
  private static final ConcurrentNavigableMap<String, Entry> NONE = new ConcurrentSkipListMap<>();

  private final Map<String, ConcurrentNavigableMap<String, Entry>> types =
      new ConcurrentHashMap<>();
  private final NavigableSet<Entry> expiring =
      new ConcurrentSkipListSet<>(InMemoryObjectStore::soonerFirst);
  private final AtomicLong sequence = new AtomicLong();
  private final ObjectLimits limits;
  private final LongSupplier ticker;
  private final RandomGenerator random;

  /// Creates an empty one.
  ///
  /// @param limits what it refuses
  public InMemoryObjectStore(ObjectLimits limits) {
    this(limits, System::nanoTime, RandomGenerator.getDefault());
  }

  /// Creates an empty one with a clock of its own.
  ///
  /// @param limits what it refuses
  /// @param ticker interval clock in nanoseconds, as [System#nanoTime()] is one
  /// @param random what lives are drawn from
  public InMemoryObjectStore(ObjectLimits limits, LongSupplier ticker, RandomGenerator random) {
    this.limits = limits;
    this.ticker = ticker;
    this.random = random;
  }

  @Override
  public Optional<StoredObject> get(ObjectKey key) {
    return Optional.ofNullable(living(key)).map(entry -> entry.object);
  }

  @Override
  public Optional<ObjectVersion> create(
      ObjectKey key, byte[] state, @Nullable Duration timeToLive) {
    limits.requireWritable(key, state, timeToLive);
    forgetExpired();
    var created = entry(key, ObjectVersion.first(random), state, timeToLive);
    while (living(key) == null) {
      var objects = types.computeIfAbsent(key.type(), _ -> new ConcurrentSkipListMap<>());
      if (objects.putIfAbsent(key.id(), created) == null) {
        return Optional.of(remembered(created));
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<ObjectVersion> replace(
      ObjectKey key, ObjectVersion expected, byte[] state, @Nullable Duration timeToLive) {
    limits.requireWritable(key, state, timeToLive);
    forgetExpired();
    var found = living(key);
    if (found == null || !found.object.version().equals(expected)) {
      return Optional.empty();
    }
    var next = entry(key, expected.next(), state, timeToLive);
    if (!objects(key.type()).replace(key.id(), found, next)) {
      return Optional.empty();
    }
    forget(found);
    return Optional.of(remembered(next));
  }

  @Override
  public boolean delete(ObjectKey key, ObjectVersion expected) {
    forgetExpired();
    var found = living(key);
    if (found == null
        || !found.object.version().equals(expected)
        || !objects(key.type()).remove(key.id(), found)) {
      return false;
    }
    forget(found);
    return true;
  }

  @Override
  public ObjectPage scan(String type, @Nullable String from, int limit) {
    ObjectLimits.requirePage(type, limit);
    var position = ScanPosition.parse(from, 1);
    long now = ticker.getAsLong();
    var page = new ArrayList<StoredObject>();
    for (var entry : objects(type).tailMap(position.after(), false).values()) {
      if (entry.expiredAt(now)) {
        continue;
      }
      if (page.size() == limit) {
        return new ObjectPage(page, new ScanPosition(0, page.getLast().key().id()).toString());
      }
      page.add(entry.object);
    }
    return new ObjectPage(page, null);
  }

  /// How many objects take memory, those out of time and not given back yet among them.
  int size() {
    return types.values().stream().mapToInt(Map::size).sum();
  }

  private ConcurrentNavigableMap<String, Entry> objects(String type) {
    return types.getOrDefault(type, NONE);
  }

  private @Nullable Entry living(ObjectKey key) {
    var found = objects(key.type()).get(key.id());
    if (found == null || !found.expiredAt(ticker.getAsLong())) {
      return found;
    }
    objects(key.type()).remove(key.id(), found);
    forget(found);
    return null;
  }

  private Entry entry(
      ObjectKey key, ObjectVersion version, byte[] state, @Nullable Duration timeToLive) {
    return new Entry(
        new StoredObject(key, version, state.clone()),
        timeToLive == null ? null : ticker.getAsLong() + timeToLive.toNanos(),
        sequence.incrementAndGet());
  }

  private ObjectVersion remembered(Entry written) {
    if (written.expiresAt != null) {
      expiring.add(written);
    }
    return written.object.version();
  }

  private void forget(Entry gone) {
    if (gone.expiresAt != null) {
      expiring.remove(gone);
    }
  }

  private void forgetExpired() {
    long now = ticker.getAsLong();
    for (var each = expiring.iterator(); each.hasNext(); ) {
      var first = each.next();
      if (!first.expiredAt(now)) {
        return;
      }
      objects(first.object.key().type()).remove(first.object.key().id(), first);
      each.remove();
    }
  }

  /// Compares by difference, as readings of a nano ticker may wrap around.
  private static int soonerFirst(Entry one, Entry other) {
    long difference = expiry(one) - expiry(other);
    return difference == 0 ? Long.compare(one.sequence, other.sequence) : Long.signum(difference);
  }

  private static long expiry(Entry entry) {
    return Objects.requireNonNull(entry.expiresAt, "only what expires is in the set");
  }
}
