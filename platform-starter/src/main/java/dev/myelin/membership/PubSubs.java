package dev.myelin.membership;

import dev.myelin.wire.InstanceId;
import dev.myelin.wire.PubSub;
import java.util.List;
import java.util.function.Supplier;

/// Where a process can subscribe to the membership. Thread-safe; never blocks.
@FunctionalInterface
public interface PubSubs {

  /// The pubsubs that are known, the one that is this process's own choice first; empty if there is
  /// none. Asked again before each attempt.
  List<Place> ranked();

  /// One pubsub.
  ///
  /// @param id its process
  /// @param pubsub gets it, or a stand-in whose calls go there and nowhere else
  record Place(InstanceId id, Supplier<PubSub> pubsub) {}

  /// The only one, such as the one that this process hosts.
  ///
  /// @param pubsub gets it
  static PubSubs only(Supplier<PubSub> pubsub) {
    var place = new Place(new InstanceId("only"), pubsub);
    return () -> List.of(place);
  }
}
