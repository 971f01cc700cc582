package dev.myelin.storage.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.storage.EphemeralStore;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Keeps values in this process's memory, up to a number of bytes; what has not been used for
/// longest goes first. Thread-safe; no call waits for anything but another one's few instructions.
public final class InMemoryEphemeralStore implements EphemeralStore {

  /// What an entry costs beside its key and its value, roughly.
  private static final int ENTRY_BYTES = 100;

  private static final long CENTURY = Duration.ofDays(36_500).toNanos();

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Entry(byte[] value, long stamp, long expiry) {}

  private final long limit;
  private final LongSupplier ticker;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  @GuardedBy("lock")
  private long bytes;

  @GuardedBy("lock")
  private long stamps;

  /// Creates an empty one.
  ///
  /// @param limit bytes of all keys and values together, and of one at most
  /// @param ticker interval clock in nanoseconds, as [System#nanoTime()] is one
  public InMemoryEphemeralStore(long limit, LongSupplier ticker) {
    if (limit < 1) {
      throw new IllegalArgumentException(
          "Limit is %d bytes but must be at least 1".formatted(limit));
    }
    this.limit = limit;
    this.ticker = ticker;
  }

  @Override
  public Optional<Stamped> get(String key) {
    lock.lock();
    try {
      var entry = alive(key);
      return entry == null
          ? Optional.empty()
          : Optional.of(new Stamped(entry.value(), entry.stamp()));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Map<String, byte[]> getAll(Collection<String> keys) {
    lock.lock();
    try {
      var found = new HashMap<String, byte[]>();
      for (var key : keys) {
        var entry = alive(key);
        if (entry != null) {
          found.put(key, entry.value());
        }
      }
      return found;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void put(String key, byte[] value, Duration timeToLive) {
    long lifetime = check(key, value, timeToLive);
    lock.lock();
    try {
      store(key, value, lifetime);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean add(String key, byte[] value, Duration timeToLive) {
    long lifetime = check(key, value, timeToLive);
    lock.lock();
    try {
      boolean absent = alive(key) == null;
      if (absent) {
        store(key, value, lifetime);
      }
      return absent;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean compareAndSet(String key, long stamp, byte[] value, Duration timeToLive) {
    long lifetime = check(key, value, timeToLive);
    lock.lock();
    try {
      var entry = alive(key);
      boolean same = entry != null && entry.stamp() == stamp;
      if (same) {
        store(key, value, lifetime);
      }
      return same;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean remove(String key) {
    lock.lock();
    try {
      boolean there = alive(key) != null;
      drop(key);
      return there;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long increment(String key, long delta, Duration timeToLive) {
    EphemeralStore.requireDelta(key, delta);
    long lifetime = check(key, new byte[0], timeToLive);
    lock.lock();
    try {
      var entry = alive(key);
      long sum = delta + (entry == null ? 0 : count(key, entry.value()));
      long expiry = entry == null ? ticker.getAsLong() + lifetime : entry.expiry();
      place(key, new Entry(Long.toString(sum).getBytes(UTF_8), ++stamps, expiry));
      return sum;
    } finally {
      lock.unlock();
    }
  }

  private static long count(String key, byte[] value) {
    try {
      return Long.parseLong(new String(value, UTF_8));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "Key '%s' has a value that is no counter; give counters keys of their own".formatted(key),
          e);
    }
  }

  private long check(String key, byte[] value, Duration timeToLive) {
    long size = size(key, value);
    if (size > limit) {
      throw new IllegalArgumentException(
          "Value of key '%s' takes %d bytes, but the store in memory keeps %d; raise 'myelin.ephemeral.memory' or store less"
              .formatted(key, size, limit));
    }
    var lifetime = EphemeralStore.requireTimeToLive(timeToLive);
    return lifetime.compareTo(Duration.ofNanos(CENTURY)) > 0 ? CENTURY : lifetime.toNanos();
  }

  @GuardedBy("lock")
  private void store(String key, byte[] value, long lifetime) {
    place(key, new Entry(value, ++stamps, ticker.getAsLong() + lifetime));
  }

  @GuardedBy("lock")
  private void place(String key, Entry entry) {
    drop(key);
    entries.put(key, entry);
    bytes += size(key, entry.value());
    while (bytes > limit) {
      drop(entries.firstEntry().getKey());
    }
  }

  @GuardedBy("lock")
  private @Nullable Entry alive(String key) {
    var entry = entries.get(key);
    if (entry != null && entry.expiry() - ticker.getAsLong() <= 0) {
      drop(key);
      return null;
    }
    return entry;
  }

  @GuardedBy("lock")
  private void drop(String key) {
    var entry = entries.remove(key);
    if (entry != null) {
      bytes -= size(key, entry.value());
    }
  }

  private static long size(String key, byte[] value) {
    return ENTRY_BYTES + 2L * key.length() + value.length;
  }
}
