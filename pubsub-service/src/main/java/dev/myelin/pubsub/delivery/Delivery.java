package dev.myelin.pubsub.delivery;

import dev.myelin.pubsub.membership.Contents;
import dev.myelin.pubsub.membership.Generation;
import dev.myelin.pubsub.membership.LogEntry;
import dev.myelin.pubsub.membership.LogEntry.Held;
import dev.myelin.pubsub.membership.MembershipHistory;
import dev.myelin.pubsub.membership.MembershipHistory.Retained;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.MembershipSubscription;
import dev.myelin.wire.MembershipSubscription.Position;
import dev.myelin.wire.MembershipUpdate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings one subscriber up to date whenever it asks for more and there is more.
///
/// It keeps no queue: what the subscriber has not been sent is read from the history when it asks,
/// all of it as one delta, or as a snapshot where that would be too much or another log was opened.
/// So a subscriber that never asks costs a position, and one whose `onNext` blocks holds up nobody
/// but itself.
///
/// Signals come from any thread. They are counted, and the one that finds no other under way starts
/// a run on the executor, which goes on until no signal is left; so updates are made and sent by
/// one thread at a time.
final class Delivery implements Flow.Subscription {

  private static final Logger log = LoggerFactory.getLogger(Delivery.class);

  private final Supply supply;
  private final MembershipHistory source;
  private final MembershipSubscription wanted;
  private final Flow.Subscriber<? super MembershipUpdate> subscriber;
  private final AtomicInteger signals = new AtomicInteger();
  private final AtomicLong demand = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.OPEN);
  // Written by the runs: what the subscriber has been told of; null = nothing yet.
  private volatile @Nullable Told told;
  // Belongs to the runs: hash of the subscriber's members at that position.
  private long hash;

  private enum Phase {
    OPEN,
    /// The subscriber is still to be told that nothing more comes.
    ENDING,
    /// The subscriber asked for less than one update and is still to be told.
    MISUSED,
    CLOSED
  }

  /// How far the subscriber has been told.
  ///
  /// @param position up to where
  /// @param sent version of the last update; nothing after it concerned the subscriber
  private record Told(Position position, long sent) {

    static Told all(String generation, long version) {
      return new Told(new Position(generation, version), version);
    }
  }

  /// What all deliveries of a pubsub share.
  ///
  /// @param history where the updates come from
  /// @param executor runs each task on a thread that may block
  /// @param backlog changes that a subscriber may be behind before it gets a snapshot instead
  /// @param onClosed is told when nothing more is sent
  record Supply(
      MembershipHistory history, Executor executor, int backlog, Consumer<Delivery> onClosed) {}

  Delivery(
      Supply supply,
      MembershipSubscription wanted,
      Flow.Subscriber<? super MembershipUpdate> subscriber) {
    this.supply = supply;
    this.source = supply.history();
    this.wanted = wanted;
    this.subscriber = subscriber;
    var from = wanted.resumeFrom();
    if (from != null && Generation.related(from.generation(), source.generation())) {
      acknowledged.set(from.version());
    }
  }

  InstanceId subscriber() {
    return wanted.subscriber();
  }

  boolean open() {
    return phase.get() == Phase.OPEN;
  }

  /// Has a look at the log soon.
  void signal() {
    if (signals.getAndIncrement() == 0) {
      supply.executor().execute(this::run);
    }
  }

  /// Completes the subscription.
  void end() {
    phase.compareAndSet(Phase.OPEN, Phase.ENDING);
    signal();
  }

  /// Notes what the subscriber has applied; a version that it was never told of is not believed.
  void acknowledge(long version) {
    var now = told;
    if (now != null) {
      acknowledged.accumulateAndGet(Math.min(version, now.sent()), Math::max);
    }
  }

  /// Whether something up to a version concerns the subscriber and is not acknowledged. What is not
  /// known here counts: it is no longer retained, or this pubsub has yet to hear of it.
  ///
  /// @param version a version of the membership
  /// @param history all changes that are retained
  boolean owes(long version, Retained history) {
    long applied = applied();
    return applied < version
        && history
            .between(applied, version)
            .map(changes -> changes.stream().anyMatch(change -> change.seenBy(wanted).isPresent()))
            .orElse(true);
  }

  private long applied() {
    var now = told;
    long known = acknowledged.get();
    return now != null && known >= now.sent() ? Math.max(known, now.position().version()) : known;
  }

  @Override
  public void request(long updates) {
    if (updates > 0) {
      demand.accumulateAndGet(
          updates, (one, other) -> one + other < 0 ? Long.MAX_VALUE : one + other);
    } else {
      phase.compareAndSet(Phase.OPEN, Phase.MISUSED);
    }
    signal();
  }

  @Override
  public void cancel() {
    phase.set(Phase.CLOSED);
    supply.onClosed().accept(this);
  }

  private void run() {
    for (int handled = signals.get(); handled != 0; handled = signals.addAndGet(-handled)) {
      try {
        sendAll();
        sayGoodbye();
      } catch (RuntimeException e) {
        cancel();
        log.warn("Subscriber '{}' failed and is dropped", subscriber(), e);
      }
    }
  }

  private void sendAll() {
    while (open() && demand.get() > 0) {
      var update = next();
      if (update == null) {
        return;
      }
      demand.updateAndGet(left -> left == Long.MAX_VALUE ? left : left - 1);
      subscriber.onNext(update);
    }
  }

  private void sayGoodbye() {
    if (phase.compareAndSet(Phase.ENDING, Phase.CLOSED)) {
      supply.onClosed().accept(this);
      subscriber.onComplete();
    } else if (phase.compareAndSet(Phase.MISUSED, Phase.CLOSED)) {
      supply.onClosed().accept(this);
      subscriber.onError(new IllegalArgumentException("A subscriber must request at least 1"));
    }
  }

  private @Nullable MembershipUpdate next() {
    var now = told;
    if (now == null) {
      return first();
    }
    var missed = source.since(now.position()).filter(entries -> entries.size() <= supply.backlog());
    if (missed.isEmpty()) {
      log.debug("Subscriber '{}' cannot be told the changes and gets a snapshot", subscriber());
      return snapshot(source.contents());
    }
    return missed.get().isEmpty() ? null : delta(now, missed.get());
  }

  /// Nothing yet for a subscriber that has seen more than this pubsub: it would go back. It waits,
  /// or leaves for a pubsub that is not behind.
  private @Nullable MembershipUpdate first() {
    var from = wanted.resumeFrom();
    if (from != null && source.behind(from)) {
      return null;
    }
    var contents = source.contents();
    if (contents.version() == 0) {
      return null;
    }
    return Optional.ofNullable(from)
        .flatMap(source::since)
        .filter(entries -> entries.size() <= supply.backlog())
        .<MembershipUpdate>map(entries -> resumption(contents, entries))
        .orElseGet(() -> snapshot(contents));
  }

  private MembershipUpdate resumption(Contents contents, List<LogEntry> entries) {
    moveTo(contents);
    var changes =
        entries.stream()
            .filter(entry -> entry.version() <= contents.version())
            .flatMap(entry -> entry.seenBy(wanted).stream())
            .toList();
    return new MembershipUpdate.Delta(contents.version(), changes, hash);
  }

  private MembershipUpdate snapshot(Contents contents) {
    var members = moveTo(contents).stream().map(Held::member).toList();
    return new MembershipUpdate.Snapshot(contents.generation(), contents.version(), members);
  }

  private List<Held> moveTo(Contents contents) {
    var visible = contents.wantedBy(wanted);
    hash = visible.stream().mapToLong(Held::hash).sum();
    told = Told.all(contents.generation(), contents.version());
    return visible;
  }

  private @Nullable MembershipUpdate delta(Told before, List<LogEntry> entries) {
    var changes = entries.stream().flatMap(entry -> entry.seenBy(wanted).stream()).toList();
    hash += entries.stream().mapToLong(entry -> entry.hashStep(wanted)).sum();
    long version = entries.getLast().version();
    var position = new Position(before.position().generation(), version);
    if (changes.isEmpty()) {
      told = new Told(position, before.sent());
      return null;
    }
    told = new Told(position, version);
    return new MembershipUpdate.Delta(version, changes, hash);
  }
}
