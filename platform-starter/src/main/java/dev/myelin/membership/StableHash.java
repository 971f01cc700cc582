package dev.myelin.membership;

/// Hashes that are the same in every process. Stateless.
///
/// FNV-1a over the text, then the finaliser of SplitMix64 (Steele, Lea, Flood, 2014), whose every
/// output bit depends on every input bit: rendezvous hashing compares whole numbers, so the upper
/// bits have to be as good as the lower ones.
public final class StableHash {

  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private StableHash() {}

  /// Hash of a text.
  ///
  /// @param text what to hash
  public static long of(String text) {
    long hash = OFFSET;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * PRIME;
    }
    return mix(hash);
  }

  /// The weight of a candidate for a key: the candidate with the highest one is the key's.
  ///
  /// @param key hash of the key
  /// @param candidate hash of the candidate
  public static long weight(long key, long candidate) {
    return mix(key ^ candidate);
  }

  private static long mix(long value) {
    long mixed = value + 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
