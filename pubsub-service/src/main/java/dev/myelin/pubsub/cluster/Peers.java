package dev.myelin.pubsub.cluster;

import dev.myelin.wire.InstanceId;
import dev.myelin.wire.PubSub;
import java.util.List;
import java.util.function.Supplier;

/// The other pubsubs of the cluster. Thread-safe.
@FunctionalInterface
public interface Peers {

  /// Those that are known, this one left out.
  List<Peer> others();

  /// One other pubsub.
  ///
  /// @param id its process
  /// @param ended whether that process is known to run no more
  /// @param pubsub gets a stand-in whose calls go there and nowhere else
  record Peer(InstanceId id, boolean ended, Supplier<PubSub> pubsub) {}

  /// The id of a pubsub's subscription to the log of the one that writes.
  ///
  /// @param pubsub id of its process
  static InstanceId follower(InstanceId pubsub) {
    var name = pubsub.value();
    return new InstanceId(name.substring(0, Math.min(name.length(), 90)) + ".follower");
  }
}
