package dev.myelin.pubsub.simulation;

import dev.myelin.CallException;
import dev.myelin.Deadline;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.pubsub.cluster.Acknowledgements;
import dev.myelin.pubsub.cluster.Changes;
import dev.myelin.pubsub.cluster.Peers;
import dev.myelin.pubsub.cluster.SharedMembership;
import dev.myelin.pubsub.delivery.Deliveries;
import dev.myelin.pubsub.delivery.Departures;
import dev.myelin.pubsub.membership.MembershipHistory;
import dev.myelin.wire.Acknowledgement;
import dev.myelin.wire.Announcement;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.MembershipChange;
import dev.myelin.wire.MembershipSubscription;
import dev.myelin.wire.MembershipUpdate;
import dev.myelin.wire.PubSub;
import dev.myelin.wire.SubscriberReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Flow;

/// A pubsub in a process of its own, as others reach it: calls fail once it is dead or while it is
/// stopped, streams are slow and end when it dies.
final class SimulatedPubSub implements PubSub {

  private final InstanceId id;
  private final SimulatedCluster cluster;
  private final NodeScheduler scheduler;
  private final MembershipHistory history = new MembershipHistory(64);
  private final SharedMembership membership;
  private final Changes changes;
  private final Deliveries deliveries;
  private final Acknowledgements acknowledgements;
  private final List<SlowStream> streams = new ArrayList<>();
  private boolean alive = true;
  private boolean stopped;

  SimulatedPubSub(InstanceId id, SimulatedCluster cluster, Doubles doubles) {
    this.id = id;
    this.cluster = cluster;
    this.scheduler = new NodeScheduler(cluster.clock());
    Peers peers = doubles.peers().apply(() -> cluster.peersOf(id));
    this.membership =
        new SharedMembership(
            history,
            new SharedMembership.Parts(
                id,
                doubles.writership().apply(cluster.lock().of(id)),
                doubles.store().apply(cluster.store()),
                doubles.leaseEpoch().apply(cluster::leaseEpoch),
                peers,
                scheduler,
                new Random(cluster.random().nextLong())));
    this.changes = new Changes(membership);
    this.deliveries =
        new Deliveries(
            history,
            scheduler::execute,
            16,
            new Departures(Acknowledgements.LEASE, scheduler::nanoTime));
    this.acknowledgements =
        new Acknowledgements(id, deliveries, history, peers, scheduler::nanoTime);
    history.onChange(() -> {
      if (cluster.lock().heldBy(id)) {
        cluster.truth().written(history);
      }
    });
    membership.start();
    scheduler.repeat(Duration.ofSeconds(1), acknowledgements::look);
  }

  InstanceId id() {
    return id;
  }

  boolean alive() {
    return alive;
  }

  boolean answering() {
    return alive && !stopped;
  }

  boolean writing() {
    return alive && membership.writing();
  }

  /// As by SIGKILL: the system frees its lock and resets its connections.
  void kill() {
    alive = false;
    scheduler.close();
    cluster.lock().free(id);
    streams.forEach(SlowStream::reset);
    cluster.living().forEach(other -> other.lost(Peers.follower(id)));
  }

  private void lost(InstanceId subscriber) {
    List.copyOf(streams).forEach(stream -> stream.endedAt(subscriber));
  }

  /// As by SIGSTOP and SIGCONT.
  void stop(boolean now) {
    stopped = now;
    scheduler.stop(now);
  }

  private <T> T answer(Callable<T> call) {
    if (!answering()) {
      throw new CallException(
          Status.UNAVAILABLE, Execution.DID_NOT_RUN, "'" + id + "' does not answer");
    }
    try {
      // Nothing may wait on a clock that stands still
      return Deadline.after(Duration.ZERO).during(call);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Flow.Publisher<MembershipUpdate> subscribe(MembershipSubscription subscription) {
    return subscriber ->
        answer(() -> {
          var stream =
              new SlowStream(
                  cluster.clock(), cluster.random(), subscription.subscriber(), subscriber);
          streams.add(stream);
          deliveries.publisher(subscription).subscribe(stream);
          return true;
        });
  }

  @Override
  public void acknowledge(InstanceId subscriber, long version) {
    answer(() -> {
      deliveries.acknowledge(subscriber, version);
      return true;
    });
  }

  @Override
  public long register(Instance instance) {
    return answer(() -> changes.make(new MembershipChange.Register(instance)));
  }

  @Override
  public long announce(Announcement announcement) {
    return answer(() -> changes.make(new MembershipChange.Announce(announcement)));
  }

  @Override
  public long name(InstanceId named, String service, long epoch) {
    return answer(() -> changes.make(new MembershipChange.Name(named, service, epoch)));
  }

  @Override
  public long deregister(InstanceId gone, String reason) {
    return answer(() -> changes.make(new MembershipChange.Deregister(gone, reason)));
  }

  @Override
  public Acknowledgement acknowledgement(long version) {
    return answer(() -> acknowledgements.of(version));
  }

  @Override
  public long write(MembershipChange change) {
    return answer(() -> membership.write(change));
  }

  @Override
  public SubscriberReport report(long version) {
    return answer(() -> acknowledgements.report(version));
  }

  @Override
  public Set<InstanceId> connected(Set<InstanceId> subscribers) {
    return answer(() -> deliveries.connected(subscribers));
  }
}
