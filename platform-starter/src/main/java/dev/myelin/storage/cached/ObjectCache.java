package dev.myelin.storage.cached;

import dev.myelin.storage.EphemeralStore;
import dev.myelin.storage.ObjectKey;
import dev.myelin.storage.StoreException;
import dev.myelin.storage.StoredObject;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The entries of objects in a fast store. Thread-safe; a store that fails has no entries, and
/// nothing of its failure reaches the caller.
final class ObjectCache {

  private static final Logger logger = LoggerFactory.getLogger(ObjectCache.class);

  private final EphemeralStore store;
  private final CacheSettings settings;
  private final RandomGenerator random;

  ObjectCache(EphemeralStore store, CacheSettings settings, RandomGenerator random) {
    this.store = store;
    this.settings = settings;
    this.random = random;
  }

  /// An entry and which write it comes from.
  record Found(Entry entry, long stamp) {}

  Optional<Found> find(ObjectKey key) {
    try {
      return store
          .get(name(key))
          .flatMap(
              found -> Entry.of(key, found.value()).map(entry -> new Found(entry, found.stamp())));
    } catch (StoreException failure) {
      return missed("get", key, failure);
    }
  }

  /// Who loads an object that had no entry.
  sealed interface Turn {

    /// The one who asked, and what to say when it was loaded.
    record Taken(Found marker) implements Turn {}

    /// Somebody else, or nobody any more: the entry that is there now tells.
    record Missed() implements Turn {}

    /// Everybody, because nothing can be kept.
    record Unkept() implements Turn {}
  }

  /// Takes the turn to load an object that has no entry.
  Turn startLoading(ObjectKey key) {
    var marker = new Entry.Loading(random.nextLong());
    try {
      if (!store.add(name(key), marker.toBytes(), settings.marker())) {
        return new Turn.Missed();
      }
      return find(key)
          .filter(found -> found.entry().equals(marker))
          .<Turn>map(Turn.Taken::new)
          .orElseGet(Turn.Unkept::new);
    } catch (StoreException failure) {
      logger.debug("cache not used operation=add object={}", key, failure);
      return new Turn.Unkept();
    }
  }

  /// Keeps what was loaded, unless anything has happened to the entry since the turn was taken.
  void loaded(ObjectKey key, Found turn, @Nullable StoredObject object) {
    replace(key, turn, object, settings.timeToLive());
  }

  /// Keeps everybody from putting anything that was read before the write which begins now.
  ///
  /// @return what to say when it is over
  Entry.Writing startWriting(ObjectKey key) {
    var marker = new Entry.Writing(random.nextLong());
    try {
      store.put(name(key), marker.toBytes(), settings.marker());
    } catch (StoreException failure) {
      var _ = missed("put", key, failure);
    }
    return marker;
  }

  /// Keeps what was written, unless something newer is there.
  ///
  /// @param object the state; null for deleted
  /// @param timeToLive how long the object lives; null for ever
  void written(
      ObjectKey key,
      Entry.Writing marker,
      @Nullable StoredObject object,
      @Nullable Duration timeToLive) {
    var current = find(key);
    if (current.isEmpty()) {
      return;
    }
    var longest =
        timeToLive != null && timeToLive.compareTo(settings.timeToLive()) < 0
            ? timeToLive
            : settings.timeToLive();
    switch (current.get().entry()) {
      case Entry.Writing(var token) -> {
        // another writer's marker stays: that writer has not finished
        if (token == marker.token()) {
          replace(key, current.get(), object, longest);
        }
      }
      case Entry.Present(var other) -> {
        if (object != null && object.version().after(other.version())) {
          replace(key, current.get(), object, longest);
        } else if (object == null || !notBefore(other, object)) {
          forget(key);
        }
      }
      case Entry.Absent(), Entry.Loading(_) -> forget(key);
    }
  }

  private static boolean notBefore(StoredObject one, StoredObject other) {
    return one.version().equals(other.version()) || one.version().after(other.version());
  }

  void forget(ObjectKey key) {
    try {
      store.remove(name(key));
    } catch (StoreException failure) {
      var _ = missed("remove", key, failure);
    }
  }

  private void replace(
      ObjectKey key, Found current, @Nullable StoredObject object, Duration timeToLive) {
    var entry = object == null ? new Entry.Absent() : new Entry.Present(object);
    var kept =
        object == null && settings.absent().compareTo(timeToLive) < 0
            ? settings.absent()
            : timeToLive;
    try {
      store.compareAndSet(name(key), current.stamp(), entry.toBytes(), kept);
    } catch (StoreException failure) {
      var _ = missed("compareAndSet", key, failure);
    } catch (IllegalArgumentException tooLarge) {
      forget(key);
    }
  }

  private static <T> Optional<T> missed(String what, ObjectKey key, StoreException failure) {
    logger.debug("cache not used operation={} object={}", what, key, failure);
    return Optional.empty();
  }

  private static String name(ObjectKey key) {
    return "myelin:object:" + key;
  }
}
