package dev.myelin.membership;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/// Shares keys out among named places: each key ranks the places by a hash of both names and takes
/// the first ("highest random weight", Thaler and Ravishankar, 1998).
///
/// Everybody who knows the same places ranks them the same way, without asking. Where a place comes
/// or goes, only the keys move that it gains or loses, 1/N of them. Pure.
public final class RendezvousRank {

  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private RendezvousRank() {}

  /// The places, the key's own first.
  ///
  /// @param key name of what is to be placed
  /// @param places in any order
  /// @param name names a place; no two places have the same name
  public static <T> List<T> rank(String key, Collection<T> places, Function<T, String> name) {
    return places.stream()
        .map(place -> new Scored<>(score(key, name.apply(place)), name.apply(place), place))
        .sorted(
            Comparator.comparingLong((Scored<T> scored) -> scored.score())
                .reversed()
                .thenComparing(Scored::name))
        .map(Scored::place)
        .toList();
  }

  private record Scored<T>(long score, String name, T place) {}

  // FNV-1a over both, then the finalizer of MurmurHash3: names that differ in their last letter
  // alone must not rank alike
  private static long score(String key, String place) {
    long hash = OFFSET;
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * PRIME;
    }
    hash = (hash ^ '|') * PRIME;
    for (int i = 0; i < place.length(); i++) {
      hash = (hash ^ place.charAt(i)) * PRIME;
    }
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }
}
