package dev.myelin.pubsub.cluster;

import dev.myelin.membership.CoreDirectory;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.PubSub;
import dev.myelin.wire.ServiceNames;
import java.util.List;
import java.util.function.Function;

/// The pubsubs among a cluster's core processes, all on this host.
public final class CorePeers implements Peers {

  private final InstanceId self;
  private final CoreDirectory directory;
  private final Function<Endpoint, PubSub> standIns;

  /// Creates them.
  ///
  /// @param self this process
  /// @param directory lists the core processes
  /// @param standIns makes an object whose calls go to one endpoint
  public CorePeers(InstanceId self, CoreDirectory directory, Function<Endpoint, PubSub> standIns) {
    this.self = self;
    this.directory = directory;
    this.standIns = standIns;
  }

  @Override
  public List<Peer> others() {
    return directory.instances(ServiceNames.PUBSUB).stream()
        .filter(process -> !process.id().equals(self))
        .map(process ->
            new Peer(process.id(), ended(process), () -> standIns.apply(process.endpoint())))
        .toList();
  }

  private static boolean ended(Instance core) {
    return ProcessHandle.of(core.process().pid()).isEmpty();
  }
}
