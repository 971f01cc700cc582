package dev.myelin.membership;

import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.PubSub;
import dev.myelin.wire.ServiceNames;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

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
    var there =
        directory.instances(ServiceNames.PUBSUB).stream()
            .collect(Collectors.toMap(Instance::id, Instance::endpoint, (one, _) -> one));
    return new Rendezvous(there.keySet())
        .ranked(self).stream().map(id -> place(id, Objects.requireNonNull(there.get(id)))).toList();
  }

  private Place place(InstanceId id, Endpoint endpoint) {
    return new Place(id, () -> standIns.apply(endpoint));
  }
}
