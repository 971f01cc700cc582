package dev.myelin.storage.cache;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.myelin.storage.EphemeralStore;
import dev.myelin.storage.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A part of every key of a cache, which clearing replaces: what was put before is found no more,
/// and ends by itself.
///
/// It is drawn at random, not counted: if the store loses it, no old one can come again. Each
/// process asks for it at most twice a second, so that reading a value costs one read; another
/// process's clearing is seen within a second. Thread-safe.
final class Generation {

  private static final Duration LIFETIME = Duration.ofDays(30);
  private static final long FRESH = Duration.ofMillis(500).toNanos();
  private static final long STALE = Duration.ofMillis(900).toNanos();

  /// How long what was confirmed may be put back where the store has lost it.
  private static final long RESTORABLE = Duration.ofSeconds(30).toNanos();

  private static final Logger log = LoggerFactory.getLogger(Generation.class);

  private record Known(String name, long read, long confirmed) {}

  private final EphemeralStore store;
  private final String key;
  private final LongSupplier ticker;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Known known;
  private volatile @Nullable String unsaid;

  Generation(EphemeralStore store, String key, LongSupplier ticker) {
    this.store = store;
    this.key = key;
    this.ticker = ticker;
  }

  /// The generation; empty if none is known and the store does not tell.
  Optional<String> current() {
    var now = known;
    long age = now == null ? Long.MAX_VALUE : ticker.getAsLong() - now.read();
    if (now != null && age < FRESH) {
      return Optional.of(now.name());
    }
    if (now != null && age < STALE && !lock.tryLock()) {
      return Optional.of(now.name());
    }
    if (now == null || age >= STALE) {
      lock.lock();
    }
    try {
      return refresh(now);
    } finally {
      lock.unlock();
    }
  }

  private Optional<String> refresh(@Nullable Known seen) {
    var now = known;
    if (now != null && !now.equals(seen)) {
      return Optional.of(now.name());
    }
    long time = ticker.getAsLong();
    try {
      var waiting = unsaid;
      if (waiting != null) {
        say(waiting);
      }
      var name = read(now, time);
      known = new Known(name, time, time);
      return Optional.of(name);
    } catch (StoreException e) {
      if (now == null) {
        return Optional.empty();
      }
      // with the store away, its last word holds
      known = new Known(now.name(), time, now.confirmed());
      return Optional.of(now.name());
    }
  }

  private String read(@Nullable Known now, long time) {
    var found = store.get(key);
    if (found.isPresent()) {
      return new String(found.get().value(), US_ASCII);
    }
    var next = now != null && time - now.confirmed() < RESTORABLE ? now.name() : drawn();
    if (store.add(key, next.getBytes(US_ASCII), LIFETIME)) {
      return next;
    }
    return store.get(key).map(other -> new String(other.value(), US_ASCII)).orElse(next);
  }

  /// Begins another generation. If the store cannot be told now, it is told later.
  void renew() {
    var next = drawn();
    lock.lock();
    try {
      unsaid = next;
      long time = ticker.getAsLong();
      known = new Known(next, time, time);
      say(next);
    } catch (StoreException e) {
      log.warn("the clearing of a cache is not known to other processes yet key={}", key, e);
    } finally {
      lock.unlock();
    }
  }

  private void say(String next) {
    store.put(key, next.getBytes(US_ASCII), LIFETIME);
    unsaid = null;
  }

  private static String drawn() {
    return Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), Character.MAX_RADIX);
  }
}
