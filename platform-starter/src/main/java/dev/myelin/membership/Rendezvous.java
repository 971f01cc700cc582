package dev.myelin.membership;

import dev.myelin.wire.InstanceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Shares keys out among instances by rendezvous hashing: each key ranks the instances by a weight
/// of its own, and belongs to the first.
///
/// Every process that knows the same instances ranks alike. One instance more takes its share of
/// the keys from all the others, and no other key moves; with one gone, its keys go to the next in
/// their rank. Immutable.
public final class Rendezvous {

  private final List<InstanceId> instances;
  private final long[] hashes;

  /// Ranks for some instances; the order in which they are given does not matter.
  ///
  /// @param instances among whom to share
  public Rendezvous(Collection<InstanceId> instances) {
    this.instances = instances.stream().distinct().sorted().toList();
    this.hashes =
        this.instances.stream().mapToLong(instance -> StableHash.of(instance.value())).toArray();
  }

  /// The instances, in order of their ids.
  public List<InstanceId> instances() {
    return instances;
  }

  /// Whose a key is; empty if there is no instance.
  ///
  /// @param key what is shared out
  public Optional<InstanceId> first(InstanceId key) {
    long hash = StableHash.of(key.value());
    int best = -1;
    long most = Long.MIN_VALUE;
    for (int i = 0; i < hashes.length; i++) {
      long weight = StableHash.weight(hash, hashes[i]);
      if (best < 0 || weight > most) {
        best = i;
        most = weight;
      }
    }
    return best < 0 ? Optional.empty() : Optional.of(instances.get(best));
  }

  /// All instances, the one whose a key is first, then the one who has it if that one is gone, and
  /// so on.
  ///
  /// @param key what is shared out
  public List<InstanceId> ranked(InstanceId key) {
    record Weighed(InstanceId instance, long weight) {}
    long hash = StableHash.of(key.value());
    var weighed = new ArrayList<Weighed>(hashes.length);
    for (int i = 0; i < hashes.length; i++) {
      weighed.add(new Weighed(instances.get(i), StableHash.weight(hash, hashes[i])));
    }
    return weighed.stream()
        .sorted(Comparator.comparingLong(Weighed::weight).reversed())
        .map(Weighed::instance)
        .toList();
  }
}
