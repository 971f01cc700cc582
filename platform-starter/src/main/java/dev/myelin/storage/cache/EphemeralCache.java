package dev.myelin.storage.cache;

import dev.myelin.storage.EphemeralStore;
import dev.myelin.storage.EphemeralStore.Stamped;
import dev.myelin.storage.StoreException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cache.support.AbstractValueAdaptingCache;

/// One cache over the fast store. Thread-safe.
///
/// - What the store cannot tell is a miss, and what it cannot take is not cached: with the store
///   away the application works, only slower. Both are counted.
/// - A value of another version of its class is a miss.
/// - [#get(Object, Callable)], which `@Cacheable(sync = true)` calls, loads a key in one process of
///   all; the others wait for it. A value whose key was evicted while it was loaded is not kept.
/// - Clearing is seen by other processes within a second, everything else at once.
public final class EphemeralCache extends AbstractValueAdaptingCache {

  private static final Logger log = LoggerFactory.getLogger(EphemeralCache.class);

  private final String name;
  private final CacheSettings settings;
  private final EphemeralStore store;
  private final CacheValues values;
  private final CacheKeys keys;
  private final Generation generation;
  private final Loading loading;
  private final CacheCounts counts = new CacheCounts();

  EphemeralCache(
      String name,
      CacheSettings settings,
      EphemeralStore store,
      CacheValues values,
      LongSupplier ticker) {
    super(settings.nulls());
    this.name = name;
    this.settings = settings;
    this.store = store;
    this.values = values;
    this.keys = new CacheKeys(values);
    // the name's length keeps one cache's keys from looking like another's
    this.generation = new Generation(store, "cache:" + name.length() + ":" + name, ticker);
    this.loading = new Loading(store, settings, ticker, counts);
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public Object getNativeCache() {
    return store;
  }

  /// What has happened in it.
  public CacheCounts counts() {
    return counts;
  }

  // empty if the store does not tell the generation
  private Optional<String> stored(Object key) {
    var text = keys.text(key);
    return generation.current().map(now -> name.length() + ":" + name + ":" + now + ":" + text);
  }

  @Override
  protected @Nullable Object lookup(Object key) {
    var value = stored(key).flatMap(this::read);
    counts.read(value.isPresent());
    return value.map(CacheValues.Read::value).orElse(null);
  }

  private Optional<CacheValues.Read> read(String stored) {
    try {
      return store.get(stored).map(Stamped::value).flatMap(this::value);
    } catch (StoreException e) {
      failed("get", e);
      return Optional.empty();
    }
  }

  private Optional<CacheValues.Read> value(byte[] bytes) {
    return Loading.isMark(bytes)
        ? Optional.empty()
        : values
            .read(bytes)
            .filter(read -> read.value() != null || isAllowNullValues())
            .map(read -> new CacheValues.Read(toStoreValue(read.value())));
  }

  @Override
  public <T> @Nullable T get(Object key, Callable<T> loader) {
    var stored = stored(key);
    if (stored.isEmpty()) {
      counts.read(false);
      return Loading.load(key, loader);
    }
    var found =
        loading.get(
            stored.get(), key, this::value, loader, loaded -> values.write(required(loaded)));
    @SuppressWarnings("unchecked") // what Spring's own caches do: the key says the type
    var value = (T) fromStoreValue(found);
    return value;
  }

  private @Nullable Object required(@Nullable Object value) {
    return fromStoreValue(toStoreValue(value));
  }

  @Override
  public void put(Object key, @Nullable Object value) {
    var bytes = values.write(required(value));
    stored(key).ifPresent(stored -> put(stored, bytes));
  }

  private void put(String stored, byte[] bytes) {
    try {
      store.put(stored, bytes, settings.timeToLive());
      counts.put();
    } catch (StoreException e) {
      failed("put", e);
    }
  }

  @Override
  public @Nullable ValueWrapper putIfAbsent(Object key, @Nullable Object value) {
    var bytes = values.write(required(value));
    var stored = stored(key);
    if (stored.isEmpty()) {
      return null;
    }
    try {
      if (store.add(stored.get(), bytes, settings.timeToLive())) {
        counts.put();
        return null;
      }
    } catch (StoreException e) {
      failed("put", e);
      return null;
    }
    var there = read(stored.get());
    if (there.isEmpty()) {
      put(stored.get(), bytes);
      return null;
    }
    return toValueWrapper(there.get().value());
  }

  @Override
  public void evict(Object key) {
    var _ = evictIfPresent(key);
  }

  @Override
  public boolean evictIfPresent(Object key) {
    var stored = stored(key);
    if (stored.isEmpty()) {
      // nobody can say what is there: let none of it count
      clear();
      return false;
    }
    try {
      counts.removed();
      return store.remove(stored.get());
    } catch (StoreException e) {
      failed("evict", e);
      return false;
    }
  }

  @Override
  public void clear() {
    generation.renew();
  }

  @Override
  public boolean invalidate() {
    clear();
    return true;
  }

  @Override
  public CompletableFuture<?> retrieve(Object key) {
    return async(() -> {
      var value = lookup(key);
      if (value == null) {
        return null;
      }
      return isAllowNullValues() ? toValueWrapper(value) : fromStoreValue(value);
    });
  }

  @Override
  public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> loader) {
    return async(() -> lookup(key))
        .thenCompose(value -> {
          if (value != null) {
            @SuppressWarnings("unchecked") // what Spring's own caches do
            var found = (T) fromStoreValue(value);
            return CompletableFuture.completedFuture(found);
          }
          return loader
              .get()
              .thenApply(loaded -> {
                put(key, loaded);
                return loaded;
              });
        });
  }

  private static <T extends @Nullable Object> CompletableFuture<T> async(Supplier<T> task) {
    return CompletableFuture.supplyAsync(
        task, runnable -> Thread.ofVirtual().name("myelin-cache").start(runnable));
  }

  private void failed(String operation, StoreException e) {
    counts.failed();
    log.debug("cache goes without its store cache={} operation={}", name, operation, e);
  }
}
