package dev.myelin.client.pick;

import org.jspecify.annotations.Nullable;

/// Hashes that are the same in every process. Stateless.
///
/// FNV-1a over the text, then the finaliser of SplitMix64 (Steele, Lea, Flood, 2014), whose every
/// output bit depends on every input bit: rendezvous hashing compares whole numbers, so the upper
/// bits have to be as good as the lower ones.
public final class StickyHash {

  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private StickyHash() {}

  /// Hash of a key's text; [Choice#NO_KEY] for null, and for nothing else.
  ///
  /// @param key the key
  public static long of(@Nullable Object key) {
    if (key == null) {
      return Choice.NO_KEY;
    }
    var text = key.toString();
    long hash = OFFSET;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * PRIME;
    }
    long mixed = mix(hash);
    return mixed == Choice.NO_KEY ? 1 : mixed;
  }

  /// The weight of an instance for a key: the instance with the highest one is the key's.
  ///
  /// @param key hash of the key
  /// @param instance hash of the instance's id
  static long weight(long key, long instance) {
    return mix(key ^ instance);
  }

  private static long mix(long value) {
    long mixed = value + 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
