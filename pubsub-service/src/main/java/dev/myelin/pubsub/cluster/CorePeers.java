package dev.myelin.pubsub.cluster;

import dev.myelin.membership.CoreDirectory;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.PubSub;
import dev.myelin.wire.ServiceNames;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/// The pubsubs among a cluster's core processes.
public final class CorePeers implements Peers {

  private final InstanceId self;
  private final CoreDirectory directory;
  private final Function<Endpoint, PubSub> standIns;
  private final Predicate<Instance> ended;

  /// Creates them.
  ///
  /// @param self this process
  /// @param directory lists the core processes
  /// @param standIns makes an object whose calls go to one endpoint
  /// @param ended whether a listed core process is known to run no more
  public CorePeers(
      InstanceId self,
      CoreDirectory directory,
      Function<Endpoint, PubSub> standIns,
      Predicate<Instance> ended) {
    this.ended = ended;
    this.self = self;
    this.directory = directory;
    this.standIns = standIns;
  }

  @Override
  public List<Peer> others() {
    return directory.instances(ServiceNames.PUBSUB).stream()
        .filter(process -> !process.id().equals(self))
        .map(process ->
            new Peer(process.id(), ended.test(process), () -> standIns.apply(process.endpoint())))
        .toList();
  }

  /// Whether a core process of this host runs no more.
  ///
  /// @param core one that is listed
  public static boolean endedHere(Instance core) {
    return ProcessHandle.of(core.process().pid()).isEmpty();
  }
}
