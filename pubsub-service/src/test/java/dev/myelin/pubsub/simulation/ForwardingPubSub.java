package dev.myelin.pubsub.simulation;

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

/// Passes everything on; doubles change one thing of it.
class ForwardingPubSub implements PubSub {

  private final PubSub to;

  ForwardingPubSub(PubSub to) {
    this.to = to;
  }

  PubSub to() {
    return to;
  }

  @Override
  public Flow.Publisher<MembershipUpdate> subscribe(MembershipSubscription subscription) {
    return to().subscribe(subscription);
  }

  @Override
  public void acknowledge(InstanceId subscriber, long version) {
    to().acknowledge(subscriber, version);
  }

  @Override
  public long register(Instance instance) {
    return to().register(instance);
  }

  @Override
  public long announce(Announcement announcement) {
    return to().announce(announcement);
  }

  @Override
  public long name(InstanceId id, String service, long epoch) {
    return to().name(id, service, epoch);
  }

  @Override
  public long deregister(InstanceId id, String reason) {
    return to().deregister(id, reason);
  }

  @Override
  public Acknowledgement acknowledgement(long version) {
    return to().acknowledgement(version);
  }

  @Override
  public long write(MembershipChange change) {
    return to().write(change);
  }

  @Override
  public SubscriberReport report(long version) {
    return to().report(version);
  }

  @Override
  public Set<InstanceId> connected(Set<InstanceId> subscribers) {
    return to().connected(subscribers);
  }
}
