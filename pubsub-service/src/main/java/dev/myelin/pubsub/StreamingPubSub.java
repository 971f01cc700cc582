package dev.myelin.pubsub;

import dev.myelin.pubsub.delivery.Deliveries;
import dev.myelin.pubsub.membership.MembershipLog;
import dev.myelin.wire.Acknowledgement;
import dev.myelin.wire.Announcement;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.MembershipSubscription;
import dev.myelin.wire.MembershipUpdate;
import dev.myelin.wire.PubSub;
import java.util.concurrent.Flow;

/// Pubsub as one membership log and the deliveries that follow it. Thread-safe.
final class StreamingPubSub implements PubSub, AutoCloseable {

  private final MembershipLog membership;
  private final Deliveries deliveries;

  StreamingPubSub(MembershipLog membership, Deliveries deliveries) {
    this.membership = membership;
    this.deliveries = deliveries;
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
    return membership.register(instance);
  }

  @Override
  public long announce(Announcement announcement) {
    return membership.announce(announcement);
  }

  @Override
  public long name(InstanceId id, String service, long epoch) {
    return membership.name(id, service, epoch);
  }

  @Override
  public long deregister(InstanceId id, String reason) {
    return membership.deregister(id, reason);
  }

  @Override
  public Acknowledgement acknowledgement(long version) {
    return deliveries.acknowledgement(version);
  }

  @Override
  public void close() {
    deliveries.close();
  }
}
