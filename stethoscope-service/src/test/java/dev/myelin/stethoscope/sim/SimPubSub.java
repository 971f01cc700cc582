package dev.myelin.stethoscope.sim;

import dev.myelin.wire.Acknowledgement;
import dev.myelin.wire.Announcement;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.MembershipSubscription;
import dev.myelin.wire.MembershipUpdate;
import dev.myelin.wire.PubSub;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/// A pubsub that takes announcements when it is there.
final class SimPubSub implements PubSub {

  private final Random random;
  private final Consumer<Announcement> changes;
  boolean away;

  SimPubSub(Random random, Consumer<Announcement> changes) {
    this.random = random;
    this.changes = changes;
  }

  /// How long a call takes, and a push to a client.
  Duration delay() {
    return Duration.ofNanos(1_000_000 + random.nextInt(20_000_000));
  }

  @Override
  public long announce(Announcement announcement) {
    if (away) {
      throw new IllegalStateException("pubsub is away");
    }
    changes.accept(announcement);
    return 1;
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
