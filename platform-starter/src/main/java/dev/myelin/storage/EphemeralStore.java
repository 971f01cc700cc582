package dev.myelin.storage;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// Keeps bytes by key for a while, fast, and may lose any of them at any time. Thread-safe.
///
/// A key is any text; a store with narrower rules hashes what it cannot take. A time to live is at
/// least a second. A value over the store's limit is refused with an [IllegalArgumentException] or
/// split, as the adapter says. Nothing waits longer than the adapter's timeout.
public interface EphemeralStore {

  /// A value and which write it comes from.
  ///
  /// @param value what is stored
  /// @param stamp tells one write of the key from the others, for [#compareAndSet]
  @SuppressWarnings(
      "ArrayRecordComponent") // copies of what is read in every call would cost too much
  record Stamped(byte[] value, long stamp) {}

  /// The value of a key, if it is there.
  ///
  /// @param key any text
  /// @throws StoreException if the store cannot be reached
  Optional<Stamped> get(String key);

  /// The values of those keys that are there.
  ///
  /// @param keys any texts
  /// @throws StoreException if the store cannot be reached
  Map<String, byte[]> getAll(Collection<String> keys);

  /// Sets the value of a key, whatever it was.
  ///
  /// @param key any text
  /// @param value what to store
  /// @param timeToLive how long it is kept at most
  /// @throws StoreException if the store cannot be reached
  void put(String key, byte[] value, Duration timeToLive);

  /// Sets the value of a key that is not there.
  ///
  /// @param key any text
  /// @param value what to store
  /// @param timeToLive how long it is kept at most
  /// @return whether it was set; false if there is a value
  /// @throws StoreException if the store cannot be reached
  boolean add(String key, byte[] value, Duration timeToLive);

  /// Sets the value of a key, if nobody has written it since it was read.
  ///
  /// @param key any text
  /// @param stamp which write was read
  /// @param value what to store
  /// @param timeToLive how long it is kept at most
  /// @return whether it was set
  /// @throws StoreException if the store cannot be reached
  boolean compareAndSet(String key, long stamp, byte[] value, Duration timeToLive);

  /// Forgets a key.
  ///
  /// @param key any text
  /// @return whether it was there
  /// @throws StoreException if the store cannot be reached
  boolean remove(String key);

  /// Adds to a counter, which is 0 where it is not there.
  ///
  /// @param key any text, of counters only
  /// @param delta what to add, 0 or more
  /// @param timeToLive how long a counter that begins here is kept at most
  /// @return the sum
  /// @throws StoreException if the store cannot be reached
  long increment(String key, long delta, Duration timeToLive);
}
