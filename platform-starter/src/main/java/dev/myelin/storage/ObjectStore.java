package dev.myelin.storage;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps the state of objects and loses none of it. Thread-safe.
///
/// Every operation but [#recent] is linearizable per key: a write takes effect between its call and
/// its return, and each read that begins afterwards sees it. There is no order between different
/// keys. Where an operation fails with a [StoreException] that says `MAY_HAVE_RUN`, its write has
/// happened, or not, by the time of the next read of the key; it does not happen after that.
///
/// A state over the store's limit, and a time to live under a second or over ten years, are refused
/// with an [IllegalArgumentException] ([ObjectLimits]); nothing is written then. The store keeps
/// what an array held when it was given, and nobody changes an array that the store gave.
///
/// Bring your own: a bean of this type replaces the one that Myelin would create.
public interface ObjectStore {

  /// The state of an object, if there is one.
  ///
  /// @param key which object
  /// @throws StoreException if it cannot be told
  Optional<StoredObject> get(ObjectKey key);

  /// The state of an object as it was a moment ago, if there was one: enough for what checks the
  /// version when it writes, and for what may be shown although it has just been replaced.
  ///
  /// A store that has a cache answers from there and says how old an answer can be; any other
  /// reads. Two answers may come in the wrong order; their versions tell.
  ///
  /// @param key which object
  /// @throws StoreException if it cannot be told
  default Optional<StoredObject> recent(ObjectKey key) {
    return get(key);
  }

  /// Creates an object, unless there is one with that key.
  ///
  /// @param key which object
  /// @param state its first state
  /// @param timeToLive how long after its last write it is forgotten, at least a second; null for
  ///   never
  /// @return its first version; empty if there is such an object already
  /// @throws StoreException if it cannot be told whether it was created
  Optional<ObjectVersion> create(ObjectKey key, byte[] state, @Nullable Duration timeToLive);

  /// Replaces the state of an object, if it has not changed since.
  ///
  /// @param key which object
  /// @param expected the version it must have
  /// @param state its next state
  /// @param timeToLive how long after this write it is forgotten, at least a second; null for never
  /// @return its next version; empty if it has another version than expected or is not there
  /// @throws StoreException if it cannot be told whether it was replaced
  Optional<ObjectVersion> replace(
      ObjectKey key, ObjectVersion expected, byte[] state, @Nullable Duration timeToLive);

  /// Deletes an object, if it has not changed since.
  ///
  /// @param key which object
  /// @param expected the version it must have
  /// @return whether it was deleted; false if it has another version than expected or is not there
  /// @throws StoreException if it cannot be told whether it was deleted
  boolean delete(ObjectKey key, ObjectVersion expected);

  /// Some objects of a type, a page at a time. What is written meanwhile may be seen or not; an
  /// object that is there all the time is on exactly one page.
  ///
  /// @param type type of the objects
  /// @param from where the page begins: [ObjectPage#next()] of the one before; null for the first
  /// @param limit how many objects at most, 1 to 1,000
  /// @throws IllegalArgumentException if `from` is no such text
  /// @throws StoreException if it cannot be told
  ObjectPage scan(String type, @Nullable String from, int limit);
}
