package dev.myelin.membership;

import dev.myelin.wire.Acknowledgement;
import dev.myelin.wire.Announcement;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Member;
import dev.myelin.wire.MembershipHash;
import dev.myelin.wire.MembershipSubscription;
import dev.myelin.wire.MembershipUpdate;
import dev.myelin.wire.PubSub;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// A pubsub that says what a test tells it to, and notes what is asked of it.
final class ScriptedPubSub implements PubSub {

  final List<Stream> streams = new ArrayList<>();
  final List<Long> acknowledged = new ArrayList<>();
  final List<Instance> registered = new ArrayList<>();
  final List<InstanceId> deregistered = new ArrayList<>();
  LongConsumer onAcknowledge = _ -> {};
  @Nullable RuntimeException failure;
  int attempts;

  /// One subscription, as its publisher sees it.
  static final class Stream implements Flow.Subscription {

    final MembershipSubscription request;
    final Flow.Subscriber<? super MembershipUpdate> subscriber;
    long demand;
    boolean cancelled;

    Stream(MembershipSubscription request, Flow.Subscriber<? super MembershipUpdate> subscriber) {
      this.request = request;
      this.subscriber = subscriber;
    }

    @Override
    public void request(long updates) {
      demand += updates;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }

    void snapshot(String generation, long version, Member... members) {
      send(new MembershipUpdate.Snapshot(generation, version, List.of(members)));
    }

    /// Sends a delta.
    ///
    /// @param after the subscriber's members after it
    void delta(long version, List<Member> after, MembershipUpdate.Change... changes) {
      send(new MembershipUpdate.Delta(version, List.of(changes), MembershipHash.of(after)));
    }

    void send(MembershipUpdate update) {
      if (demand-- <= 0) {
        throw new IllegalStateException("No demand for " + update);
      }
      subscriber.onNext(update);
    }
  }

  Stream stream() {
    return streams.getLast();
  }

  Set<String> wanted() {
    return stream().request.services();
  }

  @Override
  public Flow.Publisher<MembershipUpdate> subscribe(MembershipSubscription subscription) {
    attempts++;
    failIfTold();
    return subscriber -> {
      var stream = new Stream(subscription, subscriber);
      streams.add(stream);
      subscriber.onSubscribe(stream);
    };
  }

  @Override
  public void acknowledge(InstanceId subscriber, long version) {
    failIfTold();
    onAcknowledge.accept(version);
    acknowledged.add(version);
  }

  @Override
  public long register(Instance instance) {
    failIfTold();
    registered.add(instance);
    return registered.size();
  }

  @Override
  public long announce(Announcement announcement) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long name(InstanceId id, String service, long epoch) {
    throw new UnsupportedOperationException("instances are named by the orchestrator");
  }

  @Override
  public long deregister(InstanceId id, String reason) {
    failIfTold();
    deregistered.add(id);
    return 0;
  }

  @Override
  public Acknowledgement acknowledgement(long version) {
    throw new UnsupportedOperationException();
  }

  private void failIfTold() {
    if (failure != null) {
      throw failure;
    }
  }
}
