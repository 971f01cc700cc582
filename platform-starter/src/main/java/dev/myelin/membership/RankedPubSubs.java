package dev.myelin.membership;

import dev.myelin.wire.Endpoint;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.PubSub;
import dev.myelin.wire.ServiceNames;
import java.util.List;
import java.util.function.Function;

/// The pubsubs of a cluster in the order that is this process's own, so that all processes together
/// are spread over all of them, and stay where they are when one comes or goes.
public final class RankedPubSubs implements PubSubs {

  private final InstanceId self;
  private final CoreDirectory directory;
  private final Function<Endpoint, PubSub> standIns;

  /// Creates one.
  ///
  /// @param self this process
  /// @param directory finds the pubsubs
  /// @param standIns makes an object whose calls go to one endpoint
  public RankedPubSubs(
      InstanceId self, CoreDirectory directory, Function<Endpoint, PubSub> standIns) {
    this.self = self;
    this.directory = directory;
    this.standIns = standIns;
  }

  @Override
  public List<Place> ranked() {
    return RendezvousRank.rank(
            self.value(), directory.instances(ServiceNames.PUBSUB), process -> process.id().value())
        .stream()
        .map(process -> new Place(process.id(), () -> standIns.apply(process.endpoint())))
        .toList();
  }
}
