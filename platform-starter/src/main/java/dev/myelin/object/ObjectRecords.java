package dev.myelin.object;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.storage.ObjectKey;
import dev.myelin.storage.ObjectStore;
import dev.myelin.storage.ObjectVersion;
import dev.myelin.storage.StoreException;
import dev.myelin.storage.StoredObject;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/// Documents in the store, read and written by version. Thread-safe.
///
/// Where the store does not say whether a write has happened, the object is read again until that
/// is known: its last writes are named in it. Only where too many others have written since, or the
/// time is over, the caller is told that it may have run.
final class ObjectRecords {

  private final Supplier<ObjectStore> store;
  private final JsonMapper mapper;
  private final ObjectSettings settings;

  ObjectRecords(Supplier<ObjectStore> store, JsonMapper mapper, ObjectSettings settings) {
    this.store = store;
    this.mapper = mapper;
    this.settings = settings;
  }

  /// An object as it was read.
  ///
  /// @param version which state
  /// @param document what is stored
  record Loaded(ObjectVersion version, ObjectDocument document) {}

  /// A name for a write, drawn at random.
  static String name() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(), 12);
  }

  /// Reads an object.
  ///
  /// @throws CallException if the store does not answer
  Optional<Loaded> load(ObjectKey key, Attempts attempts) {
    try {
      return read(key);
    } catch (StoreException e) {
      throw attempts.failed(Execution.DID_NOT_RUN, e);
    }
  }

  /// Reads an object as it was a moment ago, from a cache where the store has one.
  ///
  /// @throws CallException if the store does not answer
  Optional<Loaded> recent(ObjectKey key, Attempts attempts) {
    try {
      return store.get().recent(key).map(this::loaded);
    } catch (StoreException e) {
      throw attempts.failed(Execution.DID_NOT_RUN, e);
    }
  }

  private Optional<Loaded> read(ObjectKey key) {
    return store.get().get(key).map(this::loaded);
  }

  private Loaded loaded(StoredObject found) {
    return new Loaded(found.version(), ObjectDocument.decode(found.state(), mapper));
  }

  /// Creates an object.
  ///
  /// @return its version; empty if there is such an object
  /// @throws CallException if it cannot be told
  Optional<ObjectVersion> create(ObjectKey key, ObjectDocument document, Attempts attempts) {
    var write = document.writes().getLast();
    while (true) {
      try {
        var created = store.get().create(key, document.encode(mapper), settings.timeToLive());
        return created.isPresent() ? created : own(read(key), write);
      } catch (StoreException e) {
        if (e.execution() == Execution.DID_NOT_RUN) {
          throw attempts.failed(Execution.DID_NOT_RUN, e);
        }
        var now = settle(key, attempts, e);
        if (now.isPresent()) {
          return own(now, write);
        }
      }
    }
  }

  private static Optional<ObjectVersion> own(Optional<Loaded> found, String write) {
    return found.filter(loaded -> loaded.document().writes().contains(write)).map(Loaded::version);
  }

  /// Replaces an object that has not changed since it was read.
  ///
  /// @return its next version; empty if it has changed, or is gone
  /// @throws CallException if it cannot be told
  Optional<ObjectVersion> replace(
      ObjectKey key, Loaded before, ObjectDocument document, Attempts attempts) {
    var bytes = document.encode(mapper);
    while (true) {
      try {
        return store.get().replace(key, before.version(), bytes, settings.timeToLive());
      } catch (StoreException e) {
        if (e.execution() == Execution.DID_NOT_RUN) {
          throw attempts.failed(Execution.DID_NOT_RUN, e);
        }
        var now = settle(key, attempts, e);
        if (now.isEmpty()) {
          throw attempts.failed(Execution.MAY_HAVE_RUN, e);
        }
        var version = now.get().version();
        if (!version.equals(before.version())) {
          return told(before, document, now.get())
              .orElseThrow(() -> attempts.failed(Execution.MAY_HAVE_RUN, e));
        }
        // it has not happened, and will not any more
        attempts.pause(Execution.DID_NOT_RUN);
      }
    }
  }

  // empty: too many have written since
  private static Optional<Optional<ObjectVersion>> told(
      Loaded before, ObjectDocument document, Loaded now) {
    if (now.document().writes().contains(document.writes().getLast())) {
      return Optional.of(Optional.of(before.version().next()));
    }
    boolean remembered =
        now.version().after(before.version())
            && now.version().number() - before.version().number() <= ObjectDocument.WRITES;
    return remembered ? Optional.of(Optional.empty()) : Optional.empty();
  }

  private Optional<Loaded> settle(ObjectKey key, Attempts attempts, StoreException failure) {
    while (true) {
      try {
        return read(key);
      } catch (StoreException e) {
        if (attempts.deadline().expired()) {
          throw attempts.failed(Execution.MAY_HAVE_RUN, failure);
        }
        attempts.pause(Execution.MAY_HAVE_RUN);
      }
    }
  }

  /// Deletes an object that has not changed since it was read.
  ///
  /// @return whether it is deleted; false if it has changed
  /// @throws CallException if it cannot be told
  boolean delete(ObjectKey key, Loaded before, Attempts attempts) {
    while (true) {
      try {
        return store.get().delete(key, before.version());
      } catch (StoreException e) {
        if (e.execution() == Execution.DID_NOT_RUN) {
          throw attempts.failed(Execution.DID_NOT_RUN, e);
        }
        var now = settle(key, attempts, e);
        if (now.isEmpty()) {
          return true;
        }
        if (!now.get().version().equals(before.version())) {
          // of a later life: this one was deleted, by whomever
          return now.get().version().life() != before.version().life();
        }
        attempts.pause(Execution.DID_NOT_RUN);
      }
    }
  }
}
