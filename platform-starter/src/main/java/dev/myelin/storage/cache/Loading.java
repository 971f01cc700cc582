package dev.myelin.storage.cache;

import dev.myelin.storage.EphemeralStore;
import dev.myelin.storage.StoreException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache.ValueRetrievalException;

/// Lets one caller of all processes load a key while the others wait for its value.
///
/// Whoever adds a mark in the value's place loads; when done, it replaces the mark by the value if
/// it is still the same mark. So a value that was loaded while its key was evicted, put or cleared
/// is returned but not kept. In one process only the first caller of a key asks at all. Waiting
/// ends after the loader's time; then each loads for itself. Thread-safe.
final class Loading {

  private static final byte MARK = (byte) 0xFF;
  private static final long SHORTEST = Duration.ofMillis(5).toNanos();
  private static final long LONGEST = Duration.ofMillis(100).toNanos();

  private final EphemeralStore store;
  private final CacheSettings settings;
  private final LongSupplier ticker;
  private final CacheCounts counts;
  private final Map<String, CountDownLatch> here = new ConcurrentHashMap<>();

  Loading(EphemeralStore store, CacheSettings settings, LongSupplier ticker, CacheCounts counts) {
    this.store = store;
    this.settings = settings;
    this.ticker = ticker;
    this.counts = counts;
  }

  static boolean isMark(byte[] bytes) {
    return bytes.length == 1 + Long.BYTES && bytes[0] == MARK;
  }

  /// One load.
  private record Load<T>(
      String stored,
      Object key,
      Function<byte[], Optional<CacheValues.Read>> reader,
      Callable<T> loader,
      Function<@Nullable Object, byte[]> writer) {}

  /// The value of a key, loaded if it is not there.
  ///
  /// @param stored the key in the store
  /// @param key the key, for messages
  /// @param reader makes a value of bytes; empty if they are none
  /// @param loader loads it
  /// @param writer makes bytes of what was loaded
  <T> @Nullable Object get(
      String stored,
      Object key,
      Function<byte[], Optional<CacheValues.Read>> reader,
      Callable<T> loader,
      Function<@Nullable Object, byte[]> writer) {
    var load = new Load<>(stored, key, reader, loader, writer);
    var found = read(load);
    counts.read(found.isPresent());
    return found.isPresent() ? found.get().value() : inTurn(load);
  }

  private <T> Optional<CacheValues.Read> read(Load<T> load) {
    try {
      return store.get(load.stored()).flatMap(bytes -> load.reader().apply(bytes.value()));
    } catch (StoreException e) {
      counts.failed();
      return Optional.empty();
    }
  }

  private <T> @Nullable Object inTurn(Load<T> load) {
    long until = ticker.getAsLong() + settings.loading().toNanos();
    while (true) {
      var mine = new CountDownLatch(1);
      var other = here.putIfAbsent(load.stored(), mine);
      if (other == null) {
        try {
          return amongProcesses(load, until);
        } finally {
          here.remove(load.stored());
          mine.countDown();
        }
      }
      counts.waited();
      if (!await(other, until)) {
        return load(load.key(), load.loader());
      }
      var found = read(load);
      if (found.isPresent()) {
        return found.get().value();
      }
    }
  }

  private boolean await(CountDownLatch other, long until) {
    try {
      return other.await(until - ticker.getAsLong(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private <T> @Nullable Object amongProcesses(Load<T> load, long until) {
    var mark = ByteBuffer.allocate(1 + Long.BYTES);
    mark.put(MARK).putLong(ThreadLocalRandom.current().nextLong());
    long pause = SHORTEST;
    try {
      while (!store.add(load.stored(), mark.array(), settings.loading())) {
        var there = store.get(load.stored());
        var found = there.flatMap(bytes -> load.reader().apply(bytes.value()));
        if (found.isPresent()) {
          return found.get().value();
        }
        if (there.isPresent() && !isMark(there.get().value())) {
          // nobody loads it: it is a value of another version
          return replace(load, there.get().stamp());
        }
        if (ticker.getAsLong() - until >= 0 || Thread.currentThread().isInterrupted()) {
          return load(load.key(), load.loader());
        }
        counts.waited();
        LockSupport.parkNanos(pause);
        pause = Math.min(LONGEST, 2 * pause);
      }
    } catch (StoreException e) {
      counts.failed();
      return load(load.key(), load.loader());
    }
    return loadMarked(load, mark.array());
  }

  private <T> @Nullable Object loadMarked(Load<T> load, byte[] mark) {
    var stamp = stamp(load, mark);
    boolean kept = false;
    try {
      var value = load(load.key(), load.loader());
      kept = stamp.isPresent() && replace(load, stamp.get(), value);
      return value;
    } finally {
      if (!kept) {
        unmark(load, mark);
      }
    }
  }

  private <T> Optional<Long> stamp(Load<T> load, byte[] mark) {
    try {
      return store
          .get(load.stored())
          .filter(there -> Arrays.equals(there.value(), mark))
          .map(EphemeralStore.Stamped::stamp);
    } catch (StoreException e) {
      counts.failed();
      return Optional.empty();
    }
  }

  private <T> @Nullable Object replace(Load<T> load, long stamp) {
    var value = load(load.key(), load.loader());
    replace(load, stamp, value);
    return value;
  }

  private <T> boolean replace(Load<T> load, long stamp, @Nullable Object value) {
    var bytes = load.writer().apply(value);
    try {
      boolean kept = store.compareAndSet(load.stored(), stamp, bytes, settings.timeToLive());
      if (kept) {
        counts.put();
      }
      return kept;
    } catch (StoreException e) {
      counts.failed();
      return false;
    }
  }

  // so that those who wait begin at once; if it is somebody else's value by now, it stays
  private <T> void unmark(Load<T> load, byte[] mark) {
    try {
      if (stamp(load, mark).isPresent()) {
        store.remove(load.stored());
      }
    } catch (StoreException e) {
      counts.failed();
    }
  }

  /// Loads a value.
  ///
  /// @throws ValueRetrievalException if that fails
  static <T> @Nullable T load(Object key, Callable<T> loader) {
    try {
      return loader.call();
    } catch (Exception e) {
      throw new ValueRetrievalException(key, loader, e);
    }
  }
}
