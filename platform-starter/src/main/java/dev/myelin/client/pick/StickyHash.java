package dev.myelin.client.pick;

import dev.myelin.membership.StableHash;
import org.jspecify.annotations.Nullable;

/// Hashes of sticky keys and of the instances they choose, the same in every process. Stateless.
public final class StickyHash {

  private StickyHash() {}

  /// Hash of a key's text; [Choice#NO_KEY] for null, and for nothing else.
  ///
  /// @param key the key
  public static long of(@Nullable Object key) {
    if (key == null) {
      return Choice.NO_KEY;
    }
    long hash = StableHash.of(key.toString());
    return hash == Choice.NO_KEY ? 1 : hash;
  }

  /// The weight of an instance for a key: the instance with the highest one is the key's.
  ///
  /// @param key hash of the key
  /// @param instance hash of the instance's id
  static long weight(long key, long instance) {
    return StableHash.weight(key, instance);
  }
}
