package dev.myelin.stethoscope.measures;

import dev.myelin.wire.Acknowledgement;
import dev.myelin.wire.Announcement;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.MembershipSubscription;
import dev.myelin.wire.MembershipUpdate;
import dev.myelin.wire.PubSub;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;

/// A pubsub that only takes announcements, if it is there.
final class AnnouncedPubSub implements PubSub {

  final List<Announcement> announced = new ArrayList<>();
  boolean away;

  @Override
  public long announce(Announcement announcement) {
    if (away) {
      throw new IllegalStateException("pubsub is away");
    }
    announced.add(announcement);
    return announced.size();
  }

  @Override
  public Flow.Publisher<MembershipUpdate> subscribe(MembershipSubscription subscription) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void acknowledge(InstanceId subscriber, long version) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long register(Instance instance) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long name(InstanceId id, String service, long epoch) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long deregister(InstanceId id, String reason) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Acknowledgement acknowledgement(long version) {
    throw new UnsupportedOperationException();
  }
}
