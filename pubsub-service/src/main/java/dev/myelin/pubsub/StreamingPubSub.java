package dev.myelin.pubsub;

import dev.myelin.pubsub.cluster.Acknowledgements;
import dev.myelin.pubsub.cluster.Changes;
import dev.myelin.pubsub.cluster.SharedMembership;
import dev.myelin.pubsub.delivery.Deliveries;
import dev.myelin.wire.Acknowledgement;
import dev.myelin.wire.Announcement;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.MembershipChange;
import dev.myelin.wire.MembershipSubscription;
import dev.myelin.wire.MembershipUpdate;
import dev.myelin.wire.PubSub;
import dev.myelin.wire.SubscriberReport;
import java.util.Set;
import java.util.concurrent.Flow;

/// Pubsub as the membership that all pubsubs of the cluster share, and the deliveries that this one
/// makes of it. Thread-safe.
final class StreamingPubSub implements PubSub, AutoCloseable {

  private final SharedMembership membership;
  private final Changes changes;
  private final Deliveries deliveries;
  private final Acknowledgements acknowledgements;

  StreamingPubSub(
      SharedMembership membership, Deliveries deliveries, Acknowledgements acknowledgements) {
    this.membership = membership;
    this.changes = new Changes(membership);
    this.deliveries = deliveries;
    this.acknowledgements = acknowledgements;
  }

  @Override
  public Flow.Publisher<MembershipUpdate> subscribe(MembershipSubscription subscription) {
    return deliveries.publisher(subscription);
  }

  @Override
  public void acknowledge(InstanceId subscriber, long version) {
    deliveries.acknowledge(subscriber, version);
  }

  @Override
  public long register(Instance instance) {
    return changes.make(new MembershipChange.Register(instance));
  }

  @Override
  public long announce(Announcement announcement) {
    return changes.make(new MembershipChange.Announce(announcement));
  }

  @Override
  public long name(InstanceId id, String service, long epoch) {
    return changes.make(new MembershipChange.Name(id, service, epoch));
  }

  @Override
  public long deregister(InstanceId id, String reason) {
    return changes.make(new MembershipChange.Deregister(id, reason));
  }

  @Override
  public Acknowledgement acknowledgement(long version) {
    return acknowledgements.of(version);
  }

  @Override
  public long write(MembershipChange change) {
    return membership.write(change);
  }

  @Override
  public SubscriberReport report(long version) {
    return acknowledgements.report(version);
  }

  @Override
  public Set<InstanceId> connected(Set<InstanceId> subscribers) {
    return deliveries.connected(subscribers);
  }

  @Override
  public void close() {
    deliveries.close();
    membership.close();
  }
}
