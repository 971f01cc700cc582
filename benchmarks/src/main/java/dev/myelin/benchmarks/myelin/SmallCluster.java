package dev.myelin.benchmarks.myelin;

import dev.myelin.Strategy;
import dev.myelin.client.BalanceSettings;
import dev.myelin.client.BalanceSettings.ServiceBalance;
import dev.myelin.client.ClientSettings;
import dev.myelin.client.OperationCalls;
import dev.myelin.membership.ClusterFolder;
import dev.myelin.membership.CoreRegistration;
import dev.myelin.observation.CallSurroundings;
import dev.myelin.transport.TransportSecurity;
import dev.myelin.wire.Acknowledgement;
import dev.myelin.wire.Announcement;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceControl;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.MembershipSubscription;
import dev.myelin.wire.MembershipUpdate;
import dev.myelin.wire.Opinion;
import dev.myelin.wire.PubSub;
import dev.myelin.wire.Reading;
import dev.myelin.wire.Role;
import dev.myelin.wire.ServiceNames;
import dev.myelin.wire.Stethoscope;
import dev.myelin.wire.codec.Codec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/// The least that an instance in a process of its own needs to be one: a pubsub where it registers
/// and a stethoscope that hears it, both in this process. It keeps nobody alive and announces
/// nothing: callers learn that an instance leaves from the instance alone.
public final class SmallCluster implements AutoCloseable {

  private final ChangingMembership membership = new ChangingMembership();
  private final List<Runnable> open = new ArrayList<>();

  private SmallCluster() {}

  /// Opens one.
  ///
  /// @param folder where its core services can be found
  public static SmallCluster open(Path folder) throws IOException {
    var cluster = new SmallCluster();
    var pubsub = Instances.open(PubSub.class, List.of(cluster.new Registry()));
    cluster.open.add(pubsub::close);
    var stethoscope = Instances.open(Stethoscope.class, List.of(new Hearing()));
    cluster.open.add(stethoscope::close);
    register(folder, ServiceNames.PUBSUB, pubsub.endpoints().getFirst());
    register(folder, ServiceNames.STETHOSCOPE, stethoscope.endpoints().getFirst());
    return cluster;
  }

  private static void register(Path folder, String service, Endpoint endpoint) {
    var process =
        new Instance.ProcessIdentity(
            Role.CORE, ProcessHandle.current().pid(), CallPath.BUILD, Instant.EPOCH);
    var instance = new Instance(new InstanceId(service), List.of(service), endpoint, null, process);
    var _ = new CoreRegistration(new ClusterFolder(folder), instance).register();
  }

  /// Opens a caller of a service of the instances, which is closed with this.
  public <S> S caller(Class<S> service) {
    var client = MyelinClient.open(service, membership, ClientSettings.defaults());
    open.add(client::close);
    return client.standIn();
  }

  /// Opens the way to all services of the instances, those of objects: chosen by their ids, as in
  /// an application that leaves that to the starter. It is closed with this.
  ///
  /// @param codec carries arguments and results
  public OperationCalls calls(Codec codec) {
    var path = CallPath.open(TransportSecurity.none(), CallSurroundings.PLAIN, codec);
    open.add(path::close);
    var settings = ClientSettings.defaults();
    var balance = settings.balance();
    var byId = new ServiceBalance(Strategy.STICKY, List.of(), balance.others().threshold());
    return MyelinClient.clients(
        membership,
        new ClientSettings(
            settings.maxAttempts(),
            settings.connections(),
            settings.connectTimeout(),
            new BalanceSettings(
                balance.pickers(), balance.ejection(), balance.budget(), balance.services(), byId)),
        path);
  }

  /// Says that an instance is no more.
  public void gone(String id) {
    membership.leave(new InstanceId(id));
  }

  /// Waits until an instance has registered.
  ///
  /// @throws IllegalStateException if it does not in time
  public Instance await(String id, Duration limit) throws InterruptedException {
    return membership
        .await(new InstanceId(id), limit)
        .orElseThrow(
            () -> new IllegalStateException("'%s' did not register in %s".formatted(id, limit)));
  }

  /// Tells an instance to drain and end, as the orchestrator does.
  public void retire(Instance instance, Duration limit) {
    try (var client =
        MyelinClient.open(
            InstanceControl.class, List.of(instance.endpoint()), ClientSettings.defaults())) {
      client.standIn().drain(limit);
    }
  }

  @Override
  public void close() {
    open.reversed().forEach(Runnable::run);
  }

  private final class Registry implements PubSub {

    @Override
    public Flow.Publisher<MembershipUpdate> subscribe(MembershipSubscription subscription) {
      return subscriber -> subscriber.onSubscribe(new Once(subscriber));
    }

    @Override
    public void acknowledge(InstanceId subscriber, long version) {}

    @Override
    public long register(Instance instance) {
      return membership.join(instance);
    }

    @Override
    public long announce(Announcement announcement) {
      return membership.version();
    }

    @Override
    public long deregister(InstanceId id, String reason) {
      return membership.leave(id);
    }

    // nobody is called by the one that an orchestrator names
    @Override
    public long name(InstanceId id, String service, long epoch) {
      return membership.version();
    }

    @Override
    public Acknowledgement acknowledgement(long version) {
      return new Acknowledgement(version, Set.of());
    }
  }

  /// Sends the members there are, and no change of them: the instances call nobody.
  private final class Once implements Flow.Subscription {
    private final Flow.Subscriber<? super MembershipUpdate> subscriber;
    private final AtomicBoolean sent = new AtomicBoolean();

    Once(Flow.Subscriber<? super MembershipUpdate> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void request(long items) {
      if (sent.compareAndSet(false, true)) {
        subscriber.onNext(
            new MembershipUpdate.Snapshot("benchmark", membership.version(), List.of()));
      }
    }

    @Override
    public void cancel() {}
  }

  private static final class Hearing implements Stethoscope {

    @Override
    public void beat(Heartbeat heartbeat) {}

    @Override
    public List<Reading> readings() {
      return List.of();
    }

    @Override
    public Opinion opinion(Instance instance) {
      return Opinion.without(Opinion.Finding.UNSURE);
    }

    @Override
    public boolean listening() {
      return true;
    }
  }
}
