package dev.myelin.client.pick;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.membership.Snapshot;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who may be chosen of one service's members, by one caller. Thread-safe; reading takes a lock
/// only when a snapshot is new or an ejection ends.
///
/// - Nobody that is starting or draining.
/// - Nobody quarantined or ejected, unless those are more than half of the ones that could serve:
///   then the checker or the caller's own network is more likely wrong than the instances, and all
///   are used.
/// - An instance is ejected when so many attempts in a row got no answer: the connection broke, or
///   the deadline passed. What the operation threw, and a refusal, are answers. An ejection lasts
///   twice as long as the one before, unless the instance did well in between for as long as that;
///   at most half of the instances are ejected at a time. The first failure after it ejects again.
public final class Roster {

  private static final Logger LOG = LoggerFactory.getLogger(Roster.class);

  private final String service;
  private final EjectionSettings settings;
  private final Predicate<Endpoint> reachable;
  private final LongSupplier nanos;
  private volatile View view = new View(Snapshot.EMPTY, new Candidates(List.of()), false, 0);

  @GuardedBy("this")
  private Map<InstanceId, Entry> entries = new HashMap<>();

  /// What is in force for a snapshot, until an ejection ends.
  private record View(Snapshot snapshot, Candidates candidates, boolean ends, long endsAt) {}

  /// What is kept of an instance. Guarded by the roster.
  private static final class Entry {
    final Candidate candidate;
    InstanceState state;
    boolean ejected;
    long until;
    long lasted;

    Entry(Candidate candidate, InstanceState state) {
      this.candidate = candidate;
      this.state = state;
    }

    boolean eligible() {
      return state == InstanceState.SERVING || state == InstanceState.QUARANTINED;
    }

    boolean healthy() {
      return state == InstanceState.SERVING && !ejected;
    }
  }

  /// Creates one that knows nobody.
  ///
  /// @param service name of the service, for the log
  /// @param settings of ejection
  /// @param reachable whether a connection to an endpoint may be had now
  /// @param nanos ticker for intervals
  public Roster(
      String service,
      EjectionSettings settings,
      Predicate<Endpoint> reachable,
      LongSupplier nanos) {
    this.service = service;
    this.settings = settings;
    this.reachable = reachable;
    this.nanos = nanos;
  }

  /// Who may be chosen now.
  ///
  /// @param snapshot the newest members
  @SuppressWarnings("ReferenceEquality") // a snapshot is the identical object until it changes
  public Candidates candidates(Snapshot snapshot) {
    var known = view;
    if (known.snapshot() == snapshot
        && !(known.ends() && nanos.getAsLong() - known.endsAt() >= 0)) {
      return known.candidates();
    }
    return renew(snapshot);
  }

  /// Counts an attempt that got no answer, and ejects the instance where that was one too many.
  ///
  /// @param candidate where
  public void failed(Candidate candidate) {
    if (candidate.failed() >= settings.failures()) {
      eject(candidate);
    }
  }

  private synchronized void eject(Candidate candidate) {
    var entry = entries.get(candidate.id());
    if (entry == null || !entry.candidate.equals(candidate) || entry.ejected) {
      return;
    }
    long eligible = entries.values().stream().filter(Entry::eligible).count();
    long ejected = entries.values().stream().filter(other -> other.ejected).count();
    if ((ejected + 1) * 2 > eligible) {
      return;
    }
    long now = nanos.getAsLong();
    boolean didWell = entry.lasted == 0 || now - entry.until > entry.lasted;
    entry.lasted =
        didWell
            ? settings.baseTime().toNanos()
            : Math.min(entry.lasted * 2, settings.maxTime().toNanos());
    entry.until = now + entry.lasted;
    entry.ejected = true;
    LOG.info(
        "ejected service={} instance={} for={}",
        service,
        candidate,
        Duration.ofNanos(entry.lasted));
    view = look(view.snapshot());
  }

  private synchronized Candidates renew(Snapshot snapshot) {
    // a thread that was slow on its way must not bring back an older snapshot
    boolean newer = snapshot.version() > view.snapshot().version();
    if (newer || entries.isEmpty()) {
      admit(snapshot);
    }
    view = look(newer ? snapshot : latest(snapshot));
    return view.candidates();
  }

  private Snapshot latest(Snapshot snapshot) {
    return view.snapshot().version() > snapshot.version() ? view.snapshot() : snapshot;
  }

  @GuardedBy("this")
  private void admit(Snapshot snapshot) {
    var before = entries;
    var after = new HashMap<InstanceId, Entry>();
    for (var member : snapshot.members()) {
      var known = before.get(member.instance().id());
      after.put(member.instance().id(), entry(member, known, before.isEmpty()));
    }
    entries = after;
  }

  private Entry entry(Member member, @Nullable Entry known, boolean first) {
    var instance = member.instance();
    boolean same = known != null && known.candidate.endpoint().equals(instance.endpoint());
    var entry =
        known != null && same
            ? known
            : new Entry(
                new Candidate(instance.id(), instance.endpoint(), reachable, nanos),
                InstanceState.STARTING);
    // those that served before this caller came are as warm as they get
    if (!first && member.state() == InstanceState.SERVING && entry.state != InstanceState.SERVING) {
      entry.candidate.warming();
    }
    entry.state = member.state();
    return entry;
  }

  @GuardedBy("this")
  private View look(Snapshot snapshot) {
    long now = nanos.getAsLong();
    boolean ends = false;
    long endsAt = 0;
    for (var entry : entries.values()) {
      if (entry.ejected && now - entry.until >= 0) {
        entry.ejected = false;
        entry.candidate.onProbation(settings.failures());
        entry.candidate.warming();
      }
      if (entry.ejected && (!ends || entry.until - endsAt < 0)) {
        ends = true;
        endsAt = entry.until;
      }
    }
    return new View(snapshot, usable(snapshot), ends, endsAt);
  }

  @GuardedBy("this")
  private Candidates usable(Snapshot snapshot) {
    var known = entries;
    var eligible =
        snapshot.members().stream()
            .map(member -> known.get(member.instance().id()))
            .filter(entry -> entry != null && entry.eligible())
            .toList();
    var healthy = eligible.stream().filter(Entry::healthy).toList();
    boolean panic = healthy.size() * 2 < eligible.size();
    return new Candidates(
        (panic ? eligible : healthy).stream().map(entry -> entry.candidate).toList());
  }
}
