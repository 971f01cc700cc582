package dev.myelin.storage.cache;

import dev.myelin.storage.EphemeralStore;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;

/// The caches of an application, each made when it is first asked for. Thread-safe.
public final class EphemeralCaches implements CacheManager {

  private final Function<String, EphemeralCache> made;
  private final Consumer<EphemeralCache> listener;
  private final boolean open;
  private final ConcurrentMap<String, EphemeralCache> caches = new ConcurrentHashMap<>();

  /// Creates them.
  ///
  /// @param stores tells where the values of a cache are, by its name
  /// @param values how they look there
  /// @param settings tells how a cache behaves, by its name
  /// @param names caches that are there from the beginning; if any are, there are no others
  /// @param listener is told of each cache that is made later
  public EphemeralCaches(
      Function<String, EphemeralStore> stores,
      CacheValues values,
      Function<String, CacheSettings> settings,
      List<String> names,
      Consumer<EphemeralCache> listener) {
    this(stores, values, settings, names, listener, System::nanoTime);
  }

  EphemeralCaches(
      Function<String, EphemeralStore> stores,
      CacheValues values,
      Function<String, CacheSettings> settings,
      List<String> names,
      Consumer<EphemeralCache> listener,
      LongSupplier ticker) {
    this.made =
        name -> new EphemeralCache(name, settings.apply(name), stores.apply(name), values, ticker);
    this.listener = listener;
    this.open = names.isEmpty();
    names.forEach(name -> caches.put(name, made.apply(name)));
  }

  @Override
  public @Nullable Cache getCache(String name) {
    var known = caches.get(name);
    if (known != null || !open) {
      return known;
    }
    var created = made.apply(name);
    var before = caches.putIfAbsent(name, created);
    if (before != null) {
      return before;
    }
    listener.accept(created);
    return created;
  }

  @Override
  public Collection<String> getCacheNames() {
    return List.copyOf(caches.keySet());
  }
}
