package dev.myelin.storage.cached;

import dev.myelin.Execution;
import dev.myelin.storage.EphemeralStore;
import dev.myelin.storage.ObjectKey;
import dev.myelin.storage.ObjectPage;
import dev.myelin.storage.ObjectStore;
import dev.myelin.storage.ObjectVersion;
import dev.myelin.storage.StoreException;
import dev.myelin.storage.StoredObject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// An object store with a fast one before it. Thread-safe.
///
/// Only [#recent] is answered by the cache: every other operation promises more than a cache can
/// keep, and goes to the store. What keeps the cache from being older than it need be:
///
/// - A writer leaves a marker before it writes, and the new state after; until then readers go to
///   the store. A writer that dies leaves its marker, which ends by itself.
/// - Whoever finds nothing takes a turn to load, and what was loaded is kept only if nothing has
///   happened to that turn: a state that was read before a write is never kept after it. Others
///   wait a moment for the one who loads, so that an object is loaded once and not by all.
/// - A state replaces another only if it is a later one of the same life.
/// - That there is no such object is kept too, for a shorter time.
///
/// So a state is out of date only while the cache could not be reached by a writer, or a write
/// happened long after its caller was told that nobody knows; and for no longer than its time to
/// live. An object whose own time is over may be seen as long. Where the cache fails, everything
/// goes to the store.
public final class CachedObjectStore implements ObjectStore {

  private static final Duration PAUSE = Duration.ofMillis(5);

  private final ObjectStore store;
  private final ObjectCache cache;
  private final CacheSettings settings;

  /// Creates one.
  ///
  /// @param store where the objects are
  /// @param cache a store that may lose anything
  /// @param settings how long what is kept
  public CachedObjectStore(ObjectStore store, EphemeralStore cache, CacheSettings settings) {
    this.store = store;
    this.cache = new ObjectCache(cache, settings, RandomGenerator.getDefault());
    this.settings = settings;
  }

  @Override
  public Optional<StoredObject> recent(ObjectKey key) {
    boolean missed = false;
    for (long waited = 0; waited <= settings.loading().toNanos(); waited += PAUSE.toNanos()) {
      var entry = cache.find(key).map(ObjectCache.Found::entry).orElse(null);
      if (entry == null) {
        var turn = cache.startLoading(key);
        if (turn instanceof ObjectCache.Turn.Taken(var marker)) {
          return load(key, marker);
        }
        // twice in a row is an entry that only another version can read
        if (missed || turn instanceof ObjectCache.Turn.Unkept) {
          return store.get(key);
        }
        missed = true;
        continue;
      }
      switch (entry) {
        case Entry.Present(var object) -> {
          return Optional.of(object);
        }
        case Entry.Absent() -> {
          return Optional.empty();
        }
        case Entry.Writing(_) -> {
          return store.get(key);
        }
        case Entry.Loading(_) -> LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
    return store.get(key);
  }

  private Optional<StoredObject> load(ObjectKey key, ObjectCache.Found turn) {
    boolean loaded = false;
    try {
      var object = store.get(key);
      cache.loaded(key, turn, object.orElse(null));
      loaded = true;
      return object;
    } finally {
      if (!loaded) {
        cache.forget(key);
      }
    }
  }

  @Override
  public Optional<StoredObject> get(ObjectKey key) {
    return store.get(key);
  }

  @Override
  public Optional<ObjectVersion> create(
      ObjectKey key, byte[] state, @Nullable Duration timeToLive) {
    return written(key, state, timeToLive, () -> store.create(key, state, timeToLive));
  }

  @Override
  public Optional<ObjectVersion> replace(
      ObjectKey key, ObjectVersion expected, byte[] state, @Nullable Duration timeToLive) {
    return written(key, state, timeToLive, () -> store.replace(key, expected, state, timeToLive));
  }

  private Optional<ObjectVersion> written(
      ObjectKey key,
      byte[] state,
      @Nullable Duration timeToLive,
      Supplier<Optional<ObjectVersion>> write) {
    var marker = cache.startWriting(key);
    var version = tried(key, write);
    if (version.isPresent()) {
      var object = new StoredObject(key, version.get(), state.clone());
      cache.written(key, marker, object, timeToLive);
    } else {
      // whoever expected something else may have read it here
      cache.forget(key);
    }
    return version;
  }

  @Override
  public boolean delete(ObjectKey key, ObjectVersion expected) {
    var marker = cache.startWriting(key);
    boolean deleted = tried(key, () -> store.delete(key, expected));
    if (deleted) {
      cache.written(key, marker, null, null);
    } else {
      cache.forget(key);
    }
    return deleted;
  }

  /// Where a write may still happen, its marker stays.
  private <T> T tried(ObjectKey key, Supplier<T> write) {
    try {
      return write.get();
    } catch (StoreException failure) {
      if (failure.execution() == Execution.DID_NOT_RUN) {
        cache.forget(key);
      }
      throw failure;
    } catch (IllegalArgumentException refused) {
      cache.forget(key);
      throw refused;
    }
  }

  @Override
  public ObjectPage scan(String type, @Nullable String from, int limit) {
    return store.scan(type, from, limit);
  }
}
