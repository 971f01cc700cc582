package dev.myelin.storage;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// Keeps bytes by key for a while, fast, and may lose any of them at any time. Thread-safe.
///
/// A key is any text; a store with narrower rules hashes what it cannot take. A time to live is at
/// least a second, else it is refused with an [IllegalArgumentException], as is a value over the
/// store's limit. Nothing waits longer than the adapter says. Neither the store nor whoever reads a
/// value changes its array; whoever has put one lets it be, too.
///
/// Counters are keys of their own: what is read of one are its digits, and to add to what is no
/// counter is an [IllegalArgumentException].
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
  /// @throws IllegalArgumentException if the key has a value that is no counter
  /// @throws StoreException if the store cannot be reached
  long increment(String key, long delta, Duration timeToLive);

  /// Checks a time to live.
  ///
  /// @param timeToLive how long something is kept at most
  /// @return the same
  /// @throws IllegalArgumentException if it is less than a second
  static Duration requireTimeToLive(Duration timeToLive) {
    if (timeToLive.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException(
          "Time to live is %s but must be at least a second".formatted(timeToLive));
    }
    return timeToLive;
  }

  /// Checks what is added to a counter.
  ///
  /// @param key which counter
  /// @param delta what to add
  /// @throws IllegalArgumentException if it is negative
  static void requireDelta(String key, long delta) {
    if (delta < 0) {
      throw new IllegalArgumentException(
          "Counter '%s' cannot be changed by %d: it only goes up".formatted(key, delta));
    }
  }
}
