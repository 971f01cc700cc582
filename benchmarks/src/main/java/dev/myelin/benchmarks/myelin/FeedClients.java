package dev.myelin.benchmarks.myelin;

import dev.myelin.client.CallCounters;
import dev.myelin.client.CallFormats;
import dev.myelin.client.ClientSettings;
import dev.myelin.client.NetworkClients;
import dev.myelin.client.ProxyStandInFactory;
import dev.myelin.contract.ServiceContract;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.membership.CoreDirectory;
import dev.myelin.membership.MembershipFeed;
import dev.myelin.membership.RankedPubSubs;
import dev.myelin.membership.Resolver;
import dev.myelin.membership.SerialScheduler;
import dev.myelin.transport.Sweeper;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.PubSub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Clients of pubsub as processes have them, many in one JVM: each has the production feed and
/// connections of its own; they share the threads.
public final class FeedClients implements AutoCloseable {

  /// Processes have one each. What opens a subscription blocks its thread: with one for all, they
  /// would come to a pubsub one after the other.
  private static final int FOLLOWING = 64;

  private static final int ACKNOWLEDGING = 8;

  /// Each client has calls of its own to look through.
  private static final Duration LOOK = Duration.ofMillis(100);

  private static final ServiceContract PUBSUB = ServiceContracts.of(PubSub.class);

  private final CallPath path = CallPath.open();
  private final Sweeper sweeper = new Sweeper(LOOK);
  private final CoreDirectory directory;
  private final List<SerialScheduler> following = schedulers("follow", FOLLOWING);
  private final List<SerialScheduler> acknowledging = schedulers("acknowledge", ACKNOWLEDGING);
  private final List<MembershipFeed> feeds = new ArrayList<>();

  /// Creates none yet.
  ///
  /// @param directory where the pubsubs are
  public FeedClients(CoreDirectory directory) {
    this.directory = directory;
  }

  private static List<SerialScheduler> schedulers(String name, int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> SerialScheduler.onThread(name + "-" + i))
        .toList();
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
    var clients = clients(id);
    var self = new InstanceId(id);
    var feed =
        new MembershipFeed(
            self,
            new RankedPubSubs(self, where, endpoint -> (PubSub) clients.standIn(PUBSUB, endpoint)),
            where,
            following.get(feeds.size() % FOLLOWING),
            acknowledging.get(feeds.size() % ACKNOWLEDGING),
            new Random(seed));
    feeds.add(feed);
    return feed;
  }

  /// A stand-in for the pubsub of one endpoint.
  public PubSub at(Endpoint endpoint) {
    return (PubSub) clients("admin").standIn(PUBSUB, endpoint);
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
            path.transport(), () -> CallPath.hello(id, List.of()), sweeper, path.surroundings()),
        new ProxyStandInFactory(),
        () -> resolver,
        new CallFormats(path.codec(), path.throwables(), CallPath.MAX_FRAME),
        ClientSettings.defaults(),
        new CallCounters());
  }

  @Override
  public void close() {
    path.close();
    sweeper.close();
    following.forEach(SerialScheduler::close);
    acknowledging.forEach(SerialScheduler::close);
  }
}
