package dev.myelin.membership;

import dev.myelin.membership.AppliedMembership.Outcome.Applied;
import dev.myelin.membership.AppliedMembership.Outcome.Diverged;
import dev.myelin.membership.SerialScheduler.Cancellation;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.MembershipSubscription;
import dev.myelin.wire.MembershipUpdate;
import dev.myelin.wire.PubSub;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one subscription to pubsub alive and applies what it brings.
///
/// Only tasks of the scheduler call it, and whatever a publisher signals is handed to the scheduler
/// first; so nothing here needs a lock. A signal of a subscription that has been replaced is
/// dropped.
final class FeedConnection {

  private static final Logger log = LoggerFactory.getLogger(FeedConnection.class);

  /// Updates that may be under way at a time.
  private static final int WINDOW = 16;

  /// How long the first update of a subscription may take.
  private static final Duration FIRST_UPDATE_LIMIT = Duration.ofSeconds(5);

  /// A connection that lasted this long makes the next backoff a short one.
  private static final Duration LASTING = Duration.ofSeconds(2);

  private final InstanceId subscriber;
  private final Supplier<PubSub> pubsub;
  private final SerialScheduler scheduler;
  private final Receiver receiver;
  private final Backoff backoff;
  private final AppliedMembership membership = new AppliedMembership();

  private @Nullable Set<String> wanted;
  // The services that the membership's position stands for.
  private @Nullable Set<String> covered;
  private @Nullable Incoming current;
  private @Nullable String generation;
  private Cancellation retry = () -> {};
  private boolean away;
  private boolean closed;

  /// Who is told. Called by tasks of the scheduler.
  interface Receiver {

    /// An update is applied.
    ///
    /// @param membership what is known now
    /// @param version version of the membership
    /// @param affected tells whether a service's members are known and may have changed
    void applied(AppliedMembership membership, long version, Predicate<String> affected);

    /// A connection stands that is the first one, follows a lost one, or leads to another log.
    void connected();

    /// The connection is lost.
    void lost();
  }

  FeedConnection(
      InstanceId subscriber,
      Supplier<PubSub> pubsub,
      SerialScheduler scheduler,
      Receiver receiver,
      RandomGenerator random) {
    this.subscriber = subscriber;
    this.pubsub = pubsub;
    this.scheduler = scheduler;
    this.receiver = receiver;
    this.backoff = new Backoff(random);
  }

  /// Subscribes to these services, unless it does already.
  void want(Set<String> services) {
    if (!closed && !services.equals(wanted)) {
      wanted = services;
      subscribe(services);
    }
  }

  void close() {
    closed = true;
    retry.cancel();
    replaceCurrent(null);
  }

  private void subscribe(Set<String> services) {
    retry.cancel();
    // What is known has nothing of services that were not asked for, so it is no place to resume.
    var from = services.equals(covered) ? membership.position() : null;
    var incoming = new Incoming(services, scheduler.nanoTime());
    replaceCurrent(incoming);
    scheduler.schedule(FIRST_UPDATE_LIMIT, () -> expire(incoming));
    try {
      pubsub
          .get()
          .subscribe(new MembershipSubscription(subscriber, services, from))
          .subscribe(incoming);
    } catch (RuntimeException e) {
      ended(incoming, e.toString());
    }
  }

  private void replaceCurrent(@Nullable Incoming next) {
    if (current != null) {
      current.cancel();
    }
    current = next;
  }

  private void expire(Incoming incoming) {
    if (!incoming.confirmed) {
      ended(incoming, "no update came within " + FIRST_UPDATE_LIMIT);
    }
  }

  private void received(Incoming incoming, MembershipUpdate update) {
    if (incoming != current) {
      return;
    }
    switch (membership.apply(update)) {
      case Applied(var touched) -> {
        receiver.applied(
            membership,
            update.version(),
            service -> incoming.covers(service) && affects(update, touched, service));
        confirm(incoming);
        incoming.request(1);
      }
      case Diverged(var expected, var found) ->
          ended(
              incoming,
              "hash of version %d is %x here and %x there"
                  .formatted(update.version(), found, expected));
    }
  }

  private static boolean affects(MembershipUpdate update, Set<String> touched, String service) {
    return update instanceof MembershipUpdate.Snapshot
        || touched.contains(service)
        || (service.equals("*") && !touched.isEmpty());
  }

  private void confirm(Incoming incoming) {
    if (incoming.confirmed) {
      return;
    }
    incoming.confirmed = true;
    covered = incoming.services;
    var position = Objects.requireNonNull(membership.position());
    if (away || !position.generation().equals(generation)) {
      log.info(
          "Membership connected: generation={} version={} instances={}",
          position.generation(),
          position.version(),
          membership.size());
      away = false;
      generation = position.generation();
      receiver.connected();
    }
  }

  private void ended(Incoming incoming, String reason) {
    if (incoming != current || closed) {
      return;
    }
    replaceCurrent(null);
    if (incoming.confirmed && scheduler.nanoTime() - incoming.startedAt >= LASTING.toNanos()) {
      backoff.reset();
    }
    if (!away) {
      log.warn("Membership lost, the last known instances are kept: {}", reason);
      away = true;
      receiver.lost();
    }
    retry = scheduler.schedule(backoff.next(), () -> subscribe(incoming.services));
  }

  /// The receiving end of one subscription.
  private final class Incoming implements Flow.Subscriber<MembershipUpdate> {

    private final Set<String> services;
    private final long startedAt;
    private boolean confirmed;
    private Flow.@Nullable Subscription subscription;

    Incoming(Set<String> services, long startedAt) {
      this.services = services;
      this.startedAt = startedAt;
    }

    boolean covers(String service) {
      return services.contains(service) || services.contains("*");
    }

    void request(long updates) {
      if (subscription != null) {
        subscription.request(updates);
      }
    }

    void cancel() {
      if (subscription != null) {
        subscription.cancel();
      }
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
      scheduler.execute(() -> {
        if (this != current || subscription != null) {
          begun.cancel();
          return;
        }
        subscription = begun;
        request(WINDOW);
      });
    }

    @Override
    public void onNext(MembershipUpdate update) {
      scheduler.execute(() -> received(this, update));
    }

    @Override
    public void onError(Throwable error) {
      scheduler.execute(() -> ended(this, error.toString()));
    }

    @Override
    public void onComplete() {
      scheduler.execute(() -> ended(this, "pubsub ended the subscription"));
    }
  }
}
