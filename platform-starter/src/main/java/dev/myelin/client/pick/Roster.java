package dev.myelin.client.pick;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.membership.Snapshot;
import dev.myelin.wire.Endpoint;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
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
  private volatile View view =
      new View(Snapshot.EMPTY, new Candidates(List.of()), new Tally(0, 0, false, 0));

  @GuardedBy("this")
  private Map<InstanceId, Entry> entries = new HashMap<>();

  @GuardedBy("this")
  private boolean admitted;

  /// What is in force for a snapshot, until an ejection ends.
  private record View(Snapshot snapshot, Candidates candidates, Tally tally) {

    boolean over(LongSupplier nanos) {
      return tally.ends() && nanos.getAsLong() - tally.endsAt() >= 0;
    }
  }

  /// How many there are, counted once for each view: while everything fails, every failed attempt
  /// asks.
  ///
  /// @param eligible instances that could serve
  /// @param ejected those of them that are ejected
  /// @param ends whether an ejection is to end
  /// @param endsAt when the first one does
  private record Tally(int eligible, int ejected, boolean ends, long endsAt) {

    boolean mayEject() {
      return (ejected + 1) * 2 <= eligible;
    }
  }

  /// What is kept of an instance. Guarded by the roster.
  private static final class Entry {
    final Candidate candidate;
    InstanceState state;
    boolean named;
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

  /// What is known of one instance.
  ///
  /// @param candidate the instance
  /// @param state what membership says of it
  /// @param named whether the orchestrator has named it
  /// @param ejected whether this process leaves it out, for failing it
  /// @param chosen whether it may be chosen now
  public record Standing(
      Candidate candidate, InstanceState state, boolean named, boolean ejected, boolean chosen) {}

  /// Creates one that knows nobody.
  ///
  /// @param service name of the service
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
    return known.snapshot() == snapshot && !known.over(nanos)
        ? known.candidates()
        : renew(snapshot);
  }

  /// What is known of each instance, in order of their ids.
  ///
  /// @param snapshot the newest members
  public List<Standing> standings(Snapshot snapshot) {
    var chosen = new HashSet<>(candidates(snapshot).asList());
    synchronized (this) {
      return entries.values().stream()
          .map(entry ->
              new Standing(
                  entry.candidate,
                  entry.state,
                  entry.named,
                  entry.ejected,
                  chosen.contains(entry.candidate)))
          .sorted(Comparator.comparing(standing -> standing.candidate().id()))
          .toList();
    }
  }

  /// Whom this caller has evidence against, in no order: those that it has ejected, and those that
  /// let more than one attempt in a row go unanswered a moment ago.
  public synchronized List<InstanceId> suspects() {
    return entries.values().stream()
        .filter(entry -> entry.ejected || entry.candidate.unanswering())
        .map(entry -> entry.candidate.id())
        .toList();
  }

  /// Counts an attempt that got no answer, and ejects the instance where that was one too many.
  ///
  /// @param candidate where
  public void failed(Candidate candidate) {
    if (candidate.failed() >= settings.failures() && view.tally().mayEject()) {
      eject(candidate);
    }
  }

  private synchronized void eject(Candidate candidate) {
    var entry = entries.get(candidate.id());
    if (entry == null || !entry.candidate.equals(candidate) || entry.ejected) {
      return;
    }
    if (!entry.eligible() || !view.tally().mayEject()) {
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
    boolean newer = !admitted || snapshot.version() > view.snapshot().version();
    if (newer) {
      admit(snapshot);
      view = look(snapshot);
    } else if (view.over(nanos)) {
      view = look(view.snapshot());
    }
    return view.candidates();
  }

  @GuardedBy("this")
  private void admit(Snapshot snapshot) {
    var before = entries;
    var after = new HashMap<InstanceId, Entry>();
    for (var member : snapshot.members()) {
      var known = before.get(member.instance().id());
      after.put(member.instance().id(), entry(member, known, !admitted));
    }
    entries = after;
    // before anything is heard of a service, nobody can be known to be new
    admitted = admitted || snapshot.version() > 0 || !after.isEmpty();
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
    entry.named = member.named().contains(service);
    return entry;
  }

  @GuardedBy("this")
  private View look(Snapshot snapshot) {
    var eligible = new ArrayList<Entry>(entries.size());
    for (var member : snapshot.members()) {
      var entry = entries.get(member.instance().id());
      if (entry != null && entry.eligible()) {
        eligible.add(entry);
      }
    }
    long now = nanos.getAsLong();
    for (var entry : entries.values()) {
      endEjection(entry, now);
    }
    return new View(snapshot, usable(eligible), tally(eligible));
  }

  private void endEjection(Entry entry, long now) {
    if (entry.ejected && now - entry.until >= 0) {
      entry.ejected = false;
      entry.candidate.onProbation(settings.failures());
      entry.candidate.warming();
    }
  }

  private static Tally tally(List<Entry> eligible) {
    int ejected = 0;
    long endsAt = 0;
    for (var entry : eligible) {
      if (entry.ejected) {
        endsAt = ejected == 0 || entry.until - endsAt < 0 ? entry.until : endsAt;
        ejected++;
      }
    }
    return new Tally(eligible.size(), ejected, ejected > 0, endsAt);
  }

  private static Candidates usable(List<Entry> eligible) {
    var healthy = new ArrayList<Candidate>(eligible.size());
    for (var entry : eligible) {
      if (entry.healthy()) {
        healthy.add(entry.candidate);
      }
    }
    boolean panic = healthy.size() * 2 < eligible.size();
    var named = eligible.stream().filter(entry -> entry.named && (panic || entry.healthy()));
    return new Candidates(
        panic ? eligible.stream().map(entry -> entry.candidate).toList() : healthy,
        named.map(entry -> entry.candidate).findFirst().orElse(null));
  }
}
