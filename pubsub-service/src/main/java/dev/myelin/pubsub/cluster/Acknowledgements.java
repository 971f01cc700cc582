package dev.myelin.pubsub.cluster;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.Deadline;
import dev.myelin.pubsub.cluster.Peers.Peer;
import dev.myelin.pubsub.delivery.Deliveries;
import dev.myelin.pubsub.membership.MembershipHistory;
import dev.myelin.wire.Acknowledgement;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.PubSub;
import dev.myelin.wire.SubscriberReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who acts on a version, of the subscribers of all pubsubs.
///
/// - Each pubsub tells of its own. One that lives but does not answer counts as pending itself.
/// - A member that is connected nowhere acts on the last view it was sent: it counts until it has
///   found a pubsub, or until its lease on that view has lapsed. That is looked into where somebody
///   lost a connection, or a pubsub ended or began, a short while ago.
///
/// Thread-safe; blocks while it asks.
public final class Acknowledgements {

  /// How long a member that is connected nowhere counts.
  public static final Duration LEASE = Duration.ofSeconds(10);

  private static final Logger log = LoggerFactory.getLogger(Acknowledgements.class);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(1);

  private final InstanceId self;
  private final Deliveries deliveries;
  private final MembershipHistory history;
  private final Peers peers;
  private final LongSupplier nanoTicker;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private Set<InstanceId> known = Set.of();

  @GuardedBy("lock")
  private Set<InstanceId> knownToHaveEnded = Set.of();

  @GuardedBy("lock")
  private long lossAt;

  /// Creates one.
  ///
  /// @param self this process
  /// @param deliveries the subscribers of this pubsub
  /// @param history who is a member
  /// @param peers the other pubsubs
  /// @param nanoTicker interval clock, as [System#nanoTime()] is one
  public Acknowledgements(
      InstanceId self,
      Deliveries deliveries,
      MembershipHistory history,
      Peers peers,
      LongSupplier nanoTicker) {
    this.self = self;
    this.deliveries = deliveries;
    this.history = history;
    this.peers = peers;
    this.nanoTicker = nanoTicker;
    this.lossAt = nanoTicker.getAsLong();
    look();
  }

  /// Tells which subscribers want what has changed up to a version and have not acknowledged it.
  ///
  /// @param version a version of the membership
  public Acknowledgement of(long version) {
    var others = peers.others();
    var own = report(version);
    var pending = new HashSet<>(own.pending());
    var absent = new HashSet<>(own.absent());
    var answering = new ArrayList<Peer>();
    for (var peer : others) {
      var report = ask(peer, pubsub -> pubsub.report(version));
      if (report.isPresent()) {
        answering.add(peer);
        add(report.get(), pending, absent);
      } else if (!peer.ended()) {
        pending.add(peer.id());
      }
    }
    if (somebodyEnded(others)) {
      absent.addAll(members());
    }
    pending.addAll(connectedNowhere(absent, others, answering));
    // They are asked themselves
    pending.remove(Peers.follower(self));
    others.forEach(peer -> pending.remove(Peers.follower(peer.id())));
    return new Acknowledgement(version, pending);
  }

  /// Tells of the subscribers of this pubsub alone. Where it has yet to hear of the version itself
  /// it is pending too: whoever subscribes now would be told of what was before.
  ///
  /// @param version a version of the membership
  public SubscriberReport report(long version) {
    var report = deliveries.report(version);
    if (history.version() >= version) {
      return report;
    }
    var pending = new HashSet<>(report.pending());
    pending.add(self);
    return new SubscriberReport(pending, report.absent());
  }

  private static void add(
      SubscriberReport report, Set<InstanceId> pending, Set<InstanceId> absent) {
    pending.addAll(report.pending());
    absent.addAll(report.absent());
  }

  /// Takes note of the pubsubs there are; to be called once a second, so that it is known when one
  /// ended.
  public void look() {
    boolean _ = somebodyEnded(peers.others());
  }

  private boolean somebodyEnded(List<Peer> others) {
    var living = new HashSet<InstanceId>();
    var ended = new HashSet<InstanceId>();
    others.forEach(peer -> (peer.ended() ? ended : living).add(peer.id()));
    lock.lock();
    try {
      // One that came and ended unseen is still listed
      if (!living.containsAll(known) || !knownToHaveEnded.containsAll(ended)) {
        lossAt = nanoTicker.getAsLong();
      }
      known = living;
      knownToHaveEnded = ended;
      return nanoTicker.getAsLong() - lossAt < LEASE.toNanos();
    } finally {
      lock.unlock();
    }
  }

  private Set<InstanceId> members() {
    return history.contents().members().stream()
        .map(held -> held.member().instance().id())
        .collect(Collectors.toUnmodifiableSet());
  }

  private Set<InstanceId> connectedNowhere(
      Set<InstanceId> absent, List<Peer> others, List<Peer> answering) {
    if (absent.isEmpty()) {
      return absent;
    }
    absent.retainAll(members());
    others.stream().filter(Peer::ended).map(Peer::id).forEach(absent::remove);
    absent.removeAll(deliveries.connected(absent));
    for (var peer : answering) {
      if (!absent.isEmpty()) {
        var asked = Set.copyOf(absent);
        ask(peer, pubsub -> pubsub.connected(asked)).ifPresent(absent::removeAll);
      }
    }
    return absent;
  }

  private static <T> Optional<T> ask(Peer peer, Function<PubSub, T> question) {
    try {
      return Optional.of(
          Deadline.currentOr(ANSWER_LIMIT).during(() -> question.apply(peer.pubsub().get())));
    } catch (Exception e) {
      log.debug("The pubsub of process '{}' does not answer", peer.id(), e);
      return Optional.empty();
    }
  }
}
