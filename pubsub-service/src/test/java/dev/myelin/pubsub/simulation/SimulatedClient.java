package dev.myelin.pubsub.simulation;

import static dev.myelin.membership.Members.instance;

import dev.myelin.membership.MembershipFeed;
import dev.myelin.membership.PubSubs;
import dev.myelin.membership.Rendezvous;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Member;
import dev.myelin.wire.MembershipSubscription;
import dev.myelin.wire.MembershipUpdate;
import dev.myelin.wire.PubSub;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A process that calls one service: its feed is the production one, and each update that it
/// applies is compared with what was written.
final class SimulatedClient {

  private final Instance self;
  private final String service;
  private final SimulatedCluster cluster;
  private final NodeScheduler scheduler;
  private final MembershipFeed feed;
  private long applied;
  private long lastContact;
  private long nextStream;
  private long currentStream;

  SimulatedClient(String id, String service, SimulatedCluster cluster, Doubles doubles) {
    this.self = instance(id, "calls-" + service);
    this.service = service;
    this.cluster = cluster;
    this.scheduler = new NodeScheduler(cluster.clock());
    PubSubs pubsubs =
        () -> {
          var listed =
              cluster.listed().stream()
                  .collect(Collectors.toMap(pubsub -> pubsub.id(), Function.identity()));
          return new Rendezvous(listed.keySet())
              .ranked(new InstanceId(id)).stream()
                  .map(listed::get)
                  .map(pubsub ->
                      new PubSubs.Place(
                          pubsub.id(),
                          () -> new Watched(doubles.seenByClients().apply(pubsub), pubsub)))
                  .toList();
        };
    this.feed =
        new MembershipFeed(
            self.id(),
            pubsubs,
            _ -> List.of(),
            scheduler,
            scheduler,
            new Random(cluster.random().nextLong()));
    feed.snapshot(service);
    feed.start();
  }

  Instance self() {
    return self;
  }

  String service() {
    return service;
  }

  long applied() {
    return applied;
  }

  /// When a pubsub that lives was last at the other end.
  long lastContact() {
    return lastContact;
  }

  List<Member> members() {
    return feed.snapshot(service).members();
  }

  private void check(long stream, MembershipUpdate update) {
    if (stream != currentStream) {
      return;
    }
    if (update.version() < applied) {
      cluster.violation(self.id() + " went back from version " + applied + " to " + update);
    }
    applied = update.version();
    lastContact = scheduler.nanoTime();
    if (!cluster.truth().knows(applied)) {
      cluster.violation(self.id() + " was told of version " + applied + ", which nobody wrote");
    } else if (!members().equals(cluster.truth().members(applied, service))) {
      cluster.violation(self.id() + " has other members than version " + applied + " has");
    }
  }

  /// A pubsub, with an eye on what comes from there.
  private final class Watched extends ForwardingPubSub {

    private final SimulatedPubSub there;

    Watched(PubSub to, SimulatedPubSub there) {
      super(to);
      this.there = there;
    }

    @Override
    public Flow.Publisher<MembershipUpdate> subscribe(MembershipSubscription subscription) {
      long stream = ++nextStream;
      currentStream = stream;
      var publisher = super.subscribe(subscription);
      return subscriber -> publisher.subscribe(new Watching(stream, there, subscriber));
    }
  }

  private final class Watching implements Flow.Subscriber<MembershipUpdate> {

    private final long stream;
    private final SimulatedPubSub there;
    private final Flow.Subscriber<? super MembershipUpdate> to;

    Watching(
        long stream, SimulatedPubSub there, Flow.Subscriber<? super MembershipUpdate> subscriber) {
      this.stream = stream;
      this.there = there;
      this.to = subscriber;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      to.onSubscribe(
          new Flow.Subscription() {
            @Override
            public void request(long updates) {
              subscription.request(updates);
            }

            @Override
            public void cancel() {
              if (stream == currentStream) {
                currentStream = 0;
              }
              subscription.cancel();
            }
          });
    }

    @Override
    public void onNext(MembershipUpdate update) {
      to.onNext(update);
      // After the feed's own task
      scheduler.execute(() -> check(stream, update));
    }

    @Override
    public void onError(Throwable error) {
      to.onError(error);
    }

    @Override
    public void onComplete() {
      to.onComplete();
    }

    @Override
    public String toString() {
      return there.id().value();
    }
  }
}
