package dev.myelin.membership;

import dev.myelin.Deadline;
import dev.myelin.membership.AppliedMembership.Outcome.Applied;
import dev.myelin.membership.AppliedMembership.Outcome.Diverged;
import dev.myelin.membership.PubSubs.Place;
import dev.myelin.membership.SerialScheduler.Cancellation;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.MembershipSubscription;
import dev.myelin.wire.MembershipUpdate;
import dev.myelin.wire.PubSub;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one subscription to pubsub alive and applies what it brings.
///
/// It subscribes at the pubsub of its choice, at the next one where that fails, and returns to a
/// better one that appears after a while that is drawn at random, so that a pubsub that starts is
/// not run over. Wherever it goes, it resumes from where it was.
///
/// Only tasks of the scheduler call it, and whatever a publisher signals is handed to the scheduler
/// first; so nothing here needs a lock. A signal of a subscription that has been replaced is
/// dropped.
final class FeedConnection {

  private static final Logger log = LoggerFactory.getLogger(FeedConnection.class);

  /// How long it may take to open a subscription: at a pubsub that hangs, or that thousands come to
  /// at once because another one died. One that refuses is found out before.
  private static final Duration OPENING_LIMIT = Duration.ofSeconds(5);

  /// How long a pubsub that is better may take to answer; updates wait meanwhile.
  private static final Duration ASKING_LIMIT = Duration.ofSeconds(2);

  /// How long the first update of a subscription may take, its opening included.
  private static final Duration FIRST_UPDATE_LIMIT = Duration.ofSeconds(10);

  /// A connection that lasted this long makes the next backoff a short one.
  private static final Duration LASTING = Duration.ofSeconds(2);

  /// Longest wait before another pubsub is tried: all clients of one that died come at once.
  private static final Duration SWITCH = Duration.ofMillis(500);

  /// How often it looks for a better pubsub, and how long it may stay once there is one.
  private static final Duration LOOK = Duration.ofSeconds(1);

  private static final Duration STAY = Duration.ofSeconds(5);

  private final InstanceId subscriber;
  private final PubSubChoice choice;
  private final SerialScheduler scheduler;
  private final Receiver receiver;
  private final Backoff backoff;
  private final RandomGenerator random;
  private final AppliedMembership membership = new AppliedMembership();

  private @Nullable Set<String> wanted;
  // The services that the membership's position stands for.
  private @Nullable Set<String> covered;
  private @Nullable FeedSubscription current;
  private @Nullable String generation;
  private Cancellation retry = () -> {};
  private Cancellation looking = () -> {};
  private @Nullable Long moveAt;
  private boolean away;
  private boolean closed;
  // Read by those who acknowledge.
  private volatile @Nullable PubSub connectedTo;

  /// Who is told. Called by tasks of the scheduler.
  interface Receiver {

    /// An update is applied.
    ///
    /// @param membership what is known now
    /// @param update what made it so
    /// @param affected tells whether a service's members are known and may have changed
    void applied(AppliedMembership membership, MembershipUpdate update, Predicate<String> affected);

    /// A connection stands that is the first one, follows a lost one, or leads to another log.
    void connected();

    /// The connection is lost.
    void lost();
  }

  FeedConnection(
      InstanceId subscriber,
      PubSubs pubsubs,
      SerialScheduler scheduler,
      Receiver receiver,
      RandomGenerator random) {
    this.subscriber = subscriber;
    this.choice = new PubSubChoice(pubsubs, scheduler::nanoTime);
    this.scheduler = scheduler;
    this.receiver = receiver;
    this.backoff = new Backoff(random);
    this.random = random;
  }

  /// The pubsub of the subscription that brought the last update; none while it is away.
  ///
  /// @throws IllegalStateException if there is none
  PubSub connectedTo() {
    var pubsub = connectedTo;
    if (pubsub == null) {
      throw new IllegalStateException("no pubsub is connected");
    }
    return pubsub;
  }

  /// Subscribes to these services, unless it does already.
  void want(Set<String> services) {
    if (closed || services.equals(wanted)) {
      return;
    }
    if (wanted == null) {
      looking = scheduler.repeat(LOOK, this::look);
    }
    wanted = services;
    subscribe(services);
  }

  /// Subscribes again at once, wherever the choice is now.
  void reconnect() {
    if (!closed && wanted != null) {
      subscribe(wanted);
    }
  }

  /// Subscribes again, for everything.
  void startAnew() {
    covered = null;
    reconnect();
  }

  void close() {
    closed = true;
    retry.cancel();
    looking.cancel();
    replaceCurrent(null);
  }

  private void subscribe(Set<String> services) {
    retry.cancel();
    moveAt = null;
    // What is known has nothing of services that were not asked for, so it is no place to resume.
    var from = services.equals(covered) ? membership.position() : null;
    var place = choice.best();
    var incoming = new FeedSubscription(this, scheduler, services, place);
    replaceCurrent(incoming);
    if (place.isEmpty()) {
      ended(incoming, "no pubsub is known");
      return;
    }
    scheduler.schedule(FIRST_UPDATE_LIMIT, () -> expire(incoming));
    var subscription = new MembershipSubscription(subscriber, services, from);
    try {
      Deadline.after(OPENING_LIMIT)
          .during(() -> {
            incoming.pubsub().subscribe(subscription).subscribe(incoming);
            return true;
          });
    } catch (Exception e) {
      ended(incoming, e.toString());
    }
  }

  // A pubsub that is better than the one it has: it came later, or is back
  private void look() {
    var here = current;
    if (closed || here == null || !here.confirmed()) {
      return;
    }
    var best = choice.best();
    if (best.isEmpty() || best.map(Place::id).equals(here.place())) {
      moveAt = null;
    } else if (moveAt == null) {
      moveAt = scheduler.nanoTime() + random.nextLong(STAY.toNanos());
    } else if (scheduler.nanoTime() - moveAt >= 0) {
      moveTo(best.get(), here.services());
    }
  }

  // One that is listed may be dead: it is asked before the one that serves is left
  private void moveTo(Place place, Set<String> services) {
    moveAt = null;
    try {
      Deadline.after(ASKING_LIMIT)
          .during(() -> {
            long known = Objects.requireNonNull(membership.position()).version();
            place.pubsub().get().acknowledge(subscriber, known);
            return true;
          });
    } catch (Exception e) {
      log.debug("The pubsub of process '{}' does not answer", place.id(), e);
      choice.failed(place.id());
      return;
    }
    log.info("Membership moves to the pubsub of process '{}'", place.id());
    subscribe(services);
  }

  private void replaceCurrent(@Nullable FeedSubscription next) {
    if (current != null) {
      current.cancel();
    }
    current = next;
    connectedTo = null;
  }

  private void expire(FeedSubscription incoming) {
    if (!incoming.confirmed()) {
      ended(incoming, "no update came within " + FIRST_UPDATE_LIMIT);
    }
  }

  /// Whether its signals count.
  boolean isCurrent(FeedSubscription subscription) {
    return subscription.equals(current);
  }

  /// An update came.
  void received(FeedSubscription incoming, MembershipUpdate update) {
    if (!isCurrent(incoming)) {
      return;
    }
    switch (membership.apply(update)) {
      case Applied(var touched) -> {
        connectedTo = incoming.pubsub();
        receiver.applied(
            membership,
            update,
            service -> incoming.covers(service) && affects(update, touched, service));
        // The receiver may have had it replaced
        if (isCurrent(incoming)) {
          confirm(incoming);
          incoming.request(1);
        }
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

  private void confirm(FeedSubscription incoming) {
    incoming.confirm();
    covered = incoming.services();
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

  /// No more updates come.
  void ended(FeedSubscription incoming, String reason) {
    if (!isCurrent(incoming) || closed) {
      return;
    }
    replaceCurrent(null);
    incoming.place().ifPresent(choice::failed);
    if (incoming.confirmed() && scheduler.nanoTime() - incoming.startedAt() >= LASTING.toNanos()) {
      backoff.reset();
    }
    if (!away) {
      log.warn("Membership lost, the last known instances are kept: {}", reason);
      away = true;
      receiver.lost();
    }
    retry = scheduler.schedule(pause(), () -> subscribe(incoming.services()));
  }

  private Duration pause() {
    return choice.promising()
        ? Duration.ofNanos(random.nextLong(SWITCH.toNanos()))
        : backoff.next();
  }
}
