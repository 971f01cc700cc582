package dev.myelin.pubsub.delivery;

import dev.myelin.pubsub.membership.LogEntry;
import dev.myelin.pubsub.membership.LogEntry.Held;
import dev.myelin.pubsub.membership.MembershipLog;
import dev.myelin.pubsub.membership.MembershipLog.Contents;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.MembershipSubscription;
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
/// It keeps no queue: what the subscriber has not been sent is read from the log when it asks, all
/// of it as one delta, or as a snapshot where that would be too much. So a subscriber that never
/// asks costs a position, and one whose `onNext` blocks holds up nobody but itself.
///
/// Signals come from any thread. They are counted, and the one that finds no other under way starts
/// a run on the executor, which goes on until no signal is left; so updates are made and sent by
/// one thread at a time.
final class Delivery implements Flow.Subscription {

  private static final Logger log = LoggerFactory.getLogger(Delivery.class);

  private final Supply supply;
  private final MembershipLog source;
  private final MembershipSubscription wanted;
  private final Flow.Subscriber<? super MembershipUpdate> subscriber;
  private final AtomicInteger signals = new AtomicInteger();
  private final AtomicLong demand = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.OPEN);
  // Written by the runs: the version the subscriber has been told of, 0 = none yet.
  private volatile long position;
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

  /// What all deliveries of a log share.
  ///
  /// @param log the log
  /// @param executor runs each task on a thread that may block
  /// @param backlog changes that a subscriber may be behind before it gets a snapshot instead
  /// @param onClosed is told when nothing more is sent
  record Supply(MembershipLog log, Executor executor, int backlog, Consumer<Delivery> onClosed) {}

  Delivery(
      Supply supply,
      MembershipSubscription wanted,
      Flow.Subscriber<? super MembershipUpdate> subscriber) {
    this.supply = supply;
    this.source = supply.log();
    this.wanted = wanted;
    this.subscriber = subscriber;
    acknowledged.set(resumable().orElse(0L));
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
    acknowledged.accumulateAndGet(Math.min(version, position), Math::max);
  }

  /// Whether something up to a version concerns the subscriber and is not acknowledged.
  ///
  /// @param version a version of the log
  /// @param history all entries that the log retains
  boolean owes(long version, List<LogEntry> history) {
    long applied = acknowledged.get();
    long known = history.isEmpty() ? 1 : history.getFirst().version() - 1;
    if (applied >= version) {
      return false;
    }
    return applied < known
        || history.stream()
            .filter(entry -> entry.version() > applied && entry.version() <= version)
            .anyMatch(entry -> entry.seenBy(wanted).isPresent());
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
    if (position == 0) {
      return first(source.contents());
    }
    var missed = source.since(position).filter(entries -> entries.size() <= supply.backlog());
    if (missed.isEmpty()) {
      log.debug("Subscriber '{}' is too far behind and gets a snapshot", subscriber());
      return snapshot(source.contents());
    }
    return missed.get().isEmpty() ? null : delta(missed.get());
  }

  private MembershipUpdate first(Contents contents) {
    return resumable()
        .flatMap(source::since)
        .filter(entries -> entries.size() <= supply.backlog())
        .<MembershipUpdate>map(entries -> resumption(contents, entries))
        .orElseGet(() -> snapshot(contents));
  }

  private Optional<Long> resumable() {
    return Optional.ofNullable(wanted.resumeFrom())
        .filter(from -> from.generation().equals(source.generation()))
        .map(MembershipSubscription.Position::version);
  }

  private MembershipUpdate resumption(Contents contents, List<LogEntry> entries) {
    moveTo(contents);
    var changes =
        entries.stream()
            .filter(entry -> entry.version() <= contents.version())
            .flatMap(entry -> entry.seenBy(wanted).stream())
            .toList();
    return new MembershipUpdate.Delta(position, changes, hash);
  }

  private MembershipUpdate snapshot(Contents contents) {
    var members = moveTo(contents).stream().map(Held::member).toList();
    return new MembershipUpdate.Snapshot(source.generation(), position, members);
  }

  private List<Held> moveTo(Contents contents) {
    var visible = contents.members().stream().filter(held -> held.wantedBy(wanted)).toList();
    hash = visible.stream().mapToLong(Held::hash).sum();
    position = contents.version();
    return visible;
  }

  private @Nullable MembershipUpdate delta(List<LogEntry> entries) {
    var changes = entries.stream().flatMap(entry -> entry.seenBy(wanted).stream()).toList();
    hash += entries.stream().mapToLong(entry -> entry.hashStep(wanted)).sum();
    position = entries.getLast().version();
    return changes.isEmpty() ? null : new MembershipUpdate.Delta(position, changes, hash);
  }
}
