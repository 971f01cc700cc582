package dev.myelin.storage.memcached;

import dev.myelin.wire.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The cluster as it is just now. Immutable.
///
/// @param history the ring, and the ones before
/// @param nodes every node of the ring, and of the one before while that still counts
/// @param replicas on how many nodes a key is
/// @param bridged whether keys are also looked for where they were in the ring before
record View(
    RingHistory history, Map<Endpoint, MemcachedNode> nodes, int replicas, boolean bridged) {

  View {
    nodes = Map.copyOf(nodes);
  }

  /// The nodes of a key, the first one first.
  ///
  /// @param place where the key is on the ring
  List<MemcachedNode> owners(long place) {
    return nodes(history.current().owners(place, replicas));
  }

  /// The nodes that had a key before the last change and have it no more.
  ///
  /// @param place where the key is on the ring
  List<MemcachedNode> formerOwners(long place) {
    var former = history.former();
    if (!bridged || former == null) {
      return List.of();
    }
    var before = new ArrayList<>(former.owners(place, replicas));
    before.removeAll(history.current().owners(place, replicas));
    return nodes(before);
  }

  /// Whether an item that was read counts.
  ///
  /// @param place where its key is on the ring
  /// @param node where it was read
  /// @param item what was read
  boolean counts(long place, MemcachedNode node, Item item) {
    return history.valid(place, replicas, node.endpoint(), item.placed());
  }

  private List<MemcachedNode> nodes(List<Endpoint> endpoints) {
    if (endpoints.size() == 1) {
      var node = nodes.get(endpoints.getFirst());
      return node == null ? List.of() : List.of(node);
    }
    return endpoints.stream().map(nodes::get).filter(Objects::nonNull).toList();
  }
}
