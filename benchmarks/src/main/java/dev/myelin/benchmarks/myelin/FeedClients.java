package dev.myelin.benchmarks.myelin;

import dev.myelin.client.CallCounters;
import dev.myelin.client.CallFormats;
import dev.myelin.client.ClientSettings;
import dev.myelin.client.NetworkClients;
import dev.myelin.client.ProxyStandInFactory;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.membership.CoreDirectory;
import dev.myelin.membership.MembershipFeed;
import dev.myelin.membership.RankedPubSubs;
import dev.myelin.membership.Resolver;
import dev.myelin.membership.SerialScheduler;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.PubSub;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Clients of pubsub as processes have them, many in one JVM: each has the production feed and
/// connections of its own; they share the threads.
public final class FeedClients implements AutoCloseable {

  private static final int ACKNOWLEDGING = 8;

  private final CallPath path = CallPath.open();
  private final CoreDirectory directory;
  private final SerialScheduler scheduler = SerialScheduler.onThread("feeds");
  private final List<SerialScheduler> acknowledging =
      IntStream.range(0, ACKNOWLEDGING)
          .mapToObj(i -> SerialScheduler.onThread("acknowledge-" + i))
          .toList();
  private final List<MembershipFeed> feeds = new ArrayList<>();

  /// Creates none yet.
  ///
  /// @param directory where the pubsubs are
  public FeedClients(CoreDirectory directory) {
    this.directory = directory;
  }

  /// Opens one, which subscribes once it is started.
  ///
  /// @param id who it is
  /// @param seed of its waits
  public MembershipFeed open(String id, long seed) {
    return open(id, seed, directory);
  }

  /// Opens one that finds its pubsubs elsewhere.
  ///
  /// @param id who it is
  /// @param seed of its waits
  /// @param where where its pubsubs are
  public MembershipFeed open(String id, long seed, CoreDirectory where) {
    var contract = ServiceContracts.of(PubSub.class);
    var clients = clients(id);
    var self = new InstanceId(id);
    var feed =
        new MembershipFeed(
            self,
            new RankedPubSubs(
                self, where, endpoint -> (PubSub) clients.standIn(contract, endpoint)),
            where,
            scheduler,
            acknowledging.get(feeds.size() % ACKNOWLEDGING),
            new Random(seed));
    feeds.add(feed);
    return feed;
  }

  /// A stand-in for the pubsub of one endpoint.
  public PubSub at(Endpoint endpoint) {
    return (PubSub) clients("admin").standIn(ServiceContracts.of(PubSub.class), endpoint);
  }

  /// A stand-in for a service, whose instances a feed knows.
  public <S> S caller(Class<S> service, Resolver feed) {
    return service.cast(clients("caller", feed).standIn(ServiceContracts.of(service)));
  }

  private NetworkClients clients(String id) {
    return clients(id, new FixedMembership("none", List.of()));
  }

  private NetworkClients clients(String id, Resolver resolver) {
    return new NetworkClients(
        new NetworkClients.Wiring(
            path.transport(),
            () -> CallPath.hello(id, List.of()),
            path.sweeper(),
            path.surroundings()),
        new ProxyStandInFactory(),
        () -> resolver,
        new CallFormats(path.codec(), path.throwables(), CallPath.MAX_FRAME),
        ClientSettings.defaults(),
        new CallCounters());
  }

  @Override
  public void close() {
    path.close();
    scheduler.close();
    acknowledging.forEach(SerialScheduler::close);
  }
}
