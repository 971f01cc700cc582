package dev.myelin.pubsub.membership;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.pubsub.membership.LogEntry.Held;
import dev.myelin.wire.Announcement;
import dev.myelin.wire.Announcement.Change;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The members of a cluster and, up to a limit, the history of their changes.
///
/// - Every change gets the next version; what changes nothing gets none. A log that has just been
///   opened is at version 1, with the members that were stored.
/// - Versions belong to a generation. A log opened again has another one: its history is lost, its
///   members are not.
/// - A drain is final: quarantine and release no longer change that state.
/// - An announcement, or a naming, with an epoch older than the newest known is refused.
///
/// Thread-safe. Readers get copies; listeners are called outside the lock and must not block. A
/// change is made even if it cannot be stored, since a full disk must not keep callers from
/// learning of it: the store is tried again with the next change.
public final class MembershipLog {

  private static final Logger log = LoggerFactory.getLogger(MembershipLog.class);

  private final String generation;
  private final int retention;
  private final LongSupplier leaseEpoch;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final TreeMap<InstanceId, Held> members = new TreeMap<>();

  @GuardedBy("lock")
  private final ArrayDeque<LogEntry> retained = new ArrayDeque<>();

  @GuardedBy("lock")
  private final MemberWriter writer;

  @GuardedBy("lock")
  private long version = 1;

  @GuardedBy("lock")
  private long epoch;

  /// Opens a log with the members that are stored.
  ///
  /// @param generation a name that no other log of the cluster ever had
  /// @param store where the members are kept
  /// @param retention changes kept for subscribers that resume
  /// @param leaseEpoch reads the epoch of the orchestrators' lease; 0 = not known
  public MembershipLog(
      String generation, MemberStore store, int retention, LongSupplier leaseEpoch) {
    this.generation = generation;
    this.writer = new MemberWriter(store);
    this.retention = retention;
    this.leaseEpoch = leaseEpoch;
    for (var member : store.load()) {
      members.put(member.instance().id(), Held.of(member));
    }
    log.info("Membership opened: generation={} instances={}", generation, members.size());
  }

  /// Everything at one moment.
  ///
  /// @param version version of the membership
  /// @param members in order of their ids
  public record Contents(long version, List<Held> members) {

    /// Copies the members.
    public Contents {
      members = List.copyOf(members);
    }
  }

  /// Name of this log.
  public String generation() {
    return generation;
  }

  /// Calls a listener after each change, from the thread that made it.
  ///
  /// @param listener what to call
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /// Adds an instance, or replaces the properties of a known one without touching its state.
  ///
  /// @param instance the instance
  /// @return version of the membership that has it
  public long register(Instance instance) {
    Step step;
    lock.lock();
    try {
      var known = members.get(instance.id());
      var member =
          known == null
              ? new Member(instance, InstanceState.SERVING)
              : known.member().withInstance(instance);
      step = put(known, member, "registered");
    } finally {
      lock.unlock();
    }
    return tell(step);
  }

  /// Changes an instance's state; without effect where it is unknown.
  ///
  /// @param announcement the change
  /// @return version of the membership that has the change
  /// @throws IllegalArgumentException if the epoch is older than the newest known
  public long announce(Announcement announcement) {
    long leased = leaseEpoch.getAsLong();
    Step step;
    lock.lock();
    try {
      if (announcement.change() == Change.DRAIN || announcement.epoch() > 0) {
        checkEpoch(announcement.change().name(), announcement.id(), announcement.epoch(), leased);
      }
      var known = members.get(announcement.id());
      if (known == null) {
        return version;
      }
      var state = next(known.member().state(), announcement.change());
      step = put(known, known.member().withState(state), announcement.reason());
    } finally {
      lock.unlock();
    }
    return tell(step);
  }

  /// Names an instance as the one of a service, instead of whichever was named before; without
  /// effect where it is unknown or does not host the service. Readers see both changes or none.
  ///
  /// @param id which instance
  /// @param service name of the service
  /// @param named epoch under which it is named
  /// @return version of the membership that has the change
  /// @throws IllegalArgumentException if the epoch is older than the newest known
  public long name(InstanceId id, String service, long named) {
    long leased = leaseEpoch.getAsLong();
    var steps = new ArrayList<Step>();
    lock.lock();
    try {
      checkEpoch("Naming", id, named, leased);
      var known = members.get(id);
      if (known == null || !known.member().instance().services().contains(service)) {
        return version;
      }
      for (var other : List.copyOf(members.values())) {
        if (!other.equals(known) && other.member().named().contains(service)) {
          steps.add(put(other, without(other.member(), service), "no longer named for " + service));
        }
      }
      steps.add(put(known, with(known.member(), service), "named for " + service));
    } finally {
      lock.unlock();
    }
    steps.forEach(this::tell);
    return steps.getLast().version();
  }

  private static Member with(Member member, String service) {
    return member.withNamed(
        Stream.concat(member.named().stream(), Stream.of(service)).distinct().sorted().toList());
  }

  private static Member without(Member member, String service) {
    return member.withNamed(member.named().stream().filter(name -> !name.equals(service)).toList());
  }

  /// Removes an instance; without effect where it is unknown.
  ///
  /// @param id which instance
  /// @param reason why, for people
  /// @return version of the membership without it
  public long deregister(InstanceId id, String reason) {
    Step step;
    lock.lock();
    try {
      var known = members.remove(id);
      if (known == null) {
        return version;
      }
      step = append(known, null, reason);
    } finally {
      lock.unlock();
    }
    return tell(step);
  }

  /// The members now.
  public Contents contents() {
    lock.lock();
    try {
      return new Contents(version, List.copyOf(members.values()));
    } finally {
      lock.unlock();
    }
  }

  /// The changes after a version, oldest first; empty if that version's successor is no longer
  /// retained, or lies in the future.
  ///
  /// @param known a version of this log
  public Optional<List<LogEntry>> since(long known) {
    lock.lock();
    try {
      long oldest = version - retained.size();
      if (known < oldest || known > version) {
        return Optional.empty();
      }
      var changes = new ArrayList<LogEntry>();
      for (var newest = retained.descendingIterator(); changes.size() < version - known; ) {
        changes.add(newest.next());
      }
      Collections.reverse(changes);
      return Optional.of(changes);
    } finally {
      lock.unlock();
    }
  }

  /// All changes that are retained, oldest first. The one before them, and everything up to version
  /// 1, is history that nobody knows any more.
  public List<LogEntry> history() {
    lock.lock();
    try {
      return List.copyOf(retained);
    } finally {
      lock.unlock();
    }
  }

  private record Step(long version, @Nullable LogEntry entry, String reason) {}

  private long tell(Step step) {
    var entry = step.entry();
    if (entry != null) {
      var after = entry.after();
      log.info(
          "Membership changed: version={} instance={} state={} reason='{}'",
          entry.version(),
          entry.id(),
          after == null ? "LEFT" : after.member().state(),
          step.reason());
      listeners.forEach(Runnable::run);
    }
    return step.version();
  }

  @GuardedBy("lock")
  private void checkEpoch(String what, InstanceId id, long given, long leased) {
    epoch = Math.max(epoch, leased);
    if (given < epoch) {
      throw new IllegalArgumentException(
          "%s of instance '%s' is refused: its epoch %d is older than the newest known, %d"
              .formatted(what, id, given, epoch));
    }
    epoch = given;
  }

  private static InstanceState next(InstanceState state, Change change) {
    if (state == InstanceState.DRAINING) {
      return state;
    }
    return switch (change) {
      case DRAIN -> InstanceState.DRAINING;
      case QUARANTINE -> InstanceState.QUARANTINED;
      case RELEASE -> InstanceState.SERVING;
    };
  }

  @GuardedBy("lock")
  private Step put(@Nullable Held known, Member member, String reason) {
    if (known != null && known.member().equals(member)) {
      return new Step(version, null, reason);
    }
    var held = Held.of(member);
    members.put(member.instance().id(), held);
    return append(known, held, reason);
  }

  @GuardedBy("lock")
  private Step append(@Nullable Held before, @Nullable Held after, String reason) {
    version++;
    var entry = new LogEntry(version, before, after);
    retained.addLast(entry);
    if (retained.size() > retention) {
      retained.removeFirst();
    }
    writer.write(entry.id(), after == null ? null : after.member());
    return new Step(version, entry, reason);
  }
}
