package dev.myelin.pubsub.membership;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.pubsub.membership.LogEntry.Held;
import dev.myelin.wire.Announcement;
import dev.myelin.wire.Announcement.Change;
import dev.myelin.wire.Instance;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.InstanceState;
import dev.myelin.wire.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the membership of a cluster: decides what each registration and announcement changes,
/// stores it, then lets everybody see it.
///
/// - Every change gets the next version; what changes nothing gets none. A log that has just been
///   opened has the members that were stored, and no history.
/// - What anybody sees is stored, so that the log opened after this one has it too: no reader of
///   both goes back.
/// - A drain, and an instance's own word that it leaves, is final: quarantine and release no longer
///   change that state. Only a process that started later under the same id serves again.
/// - An announcement, or a naming, with an epoch older than the newest known is refused.
///
/// Thread-safe. A change is made even if it cannot be stored, since a full disk must not keep
/// callers from learning of it: the store is tried again with the next change.
public final class MembershipLog implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(MembershipLog.class);

  private final MembershipHistory history;
  private final LongSupplier leaseEpoch;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final MemberWriter writer;

  @GuardedBy("lock")
  private long epoch;

  @GuardedBy("lock")
  private boolean closed;

  /// Opens a log of its own, at version 1.
  ///
  /// @param generation a name that no other log of the cluster ever had
  /// @param store where the members are kept
  /// @param retention changes kept for subscribers that resume
  /// @param leaseEpoch reads the epoch of the orchestrators' lease; 0 = not known
  public MembershipLog(
      String generation, MemberStore store, int retention, LongSupplier leaseEpoch) {
    this(new MembershipHistory(retention), new Opening(generation, 1), store, leaseEpoch);
  }

  /// Opens a log with the members that are stored.
  ///
  /// @param history where everybody sees it; nobody else changes it from now on
  /// @param opening what it is called, and where it begins
  /// @param store where the members are kept
  /// @param leaseEpoch reads the epoch of the orchestrators' lease; 0 = not known
  public MembershipLog(
      MembershipHistory history, Opening opening, MemberStore store, LongSupplier leaseEpoch) {
    this.history = history;
    this.writer = new MemberWriter(store);
    this.leaseEpoch = leaseEpoch;
    var members = store.load().stream().map(Held::of).toList();
    history.open(opening.generation(), opening.version(), members, true);
    log.info(
        "Membership opened: generation={} version={} instances={}",
        opening.generation(),
        opening.version(),
        members.size());
    history.tell();
  }

  /// How a log begins.
  ///
  /// @param generation a name that no other log of the cluster ever had
  /// @param version greater than all versions of the logs before
  public record Opening(String generation, long version) {}

  /// What it has written.
  public MembershipHistory history() {
    return history;
  }

  /// Adds an instance, or replaces the properties of a known one without touching its state unless
  /// it is a process that started later.
  ///
  /// @param instance the instance
  /// @return version of the membership that has it
  public long register(Instance instance) {
    List<Step> steps;
    lock.lock();
    try {
      var known = history.member(instance.id());
      var member =
          known == null || startedAgain(known.member().instance(), instance)
              ? new Member(instance, InstanceState.SERVING)
              : known.member().withInstance(instance);
      steps = commit(List.of(edit(known, member, "registered")));
    } finally {
      lock.unlock();
    }
    return tell(steps);
  }

  // A container that is started again in its pod has the id of the last one
  private static boolean startedAgain(Instance before, Instance instance) {
    return instance.process().startedAt().isAfter(before.process().startedAt());
  }

  /// Changes an instance's state; without effect where it is unknown.
  ///
  /// @param announcement the change
  /// @return version of the membership that has the change
  /// @throws IllegalArgumentException if the epoch is older than the newest known
  public long announce(Announcement announcement) {
    long leased = leaseEpoch.getAsLong();
    List<Step> steps;
    lock.lock();
    try {
      if (announcement.change() == Change.DRAIN || announcement.epoch() > 0) {
        checkEpoch(announcement.change().name(), announcement.id(), announcement.epoch(), leased);
      }
      var known = history.member(announcement.id());
      if (known == null) {
        return history.version();
      }
      var state = next(known.member().state(), announcement.change());
      steps = commit(List.of(edit(known, known.member().withState(state), announcement.reason())));
    } finally {
      lock.unlock();
    }
    return tell(steps);
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
    var edits = new ArrayList<Edit>();
    List<Step> steps;
    lock.lock();
    try {
      checkEpoch("Naming", id, named, leased);
      var known = history.member(id);
      if (known == null || !known.member().instance().services().contains(service)) {
        return history.version();
      }
      for (var other : history.contents().members()) {
        if (!other.equals(known) && other.member().named().contains(service)) {
          edits.add(
              edit(other, without(other.member(), service), "no longer named for " + service));
        }
      }
      edits.add(edit(known, with(known.member(), service), "named for " + service));
      steps = commit(edits);
    } finally {
      lock.unlock();
    }
    return tell(steps);
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
    List<Step> steps;
    lock.lock();
    try {
      var known = history.member(id);
      if (known == null) {
        return history.version();
      }
      steps = commit(List.of(new Edit(known, null, reason)));
    } finally {
      lock.unlock();
    }
    return tell(steps);
  }

  /// Writes nothing any more: another process does from now on.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  private record Edit(@Nullable Held before, @Nullable Held after, String reason) {

    boolean changesNothing() {
      return before != null && after != null && before.member().equals(after.member());
    }
  }

  private record Step(LogEntry entry, String reason) {}

  private static Edit edit(@Nullable Held known, Member member, String reason) {
    return new Edit(known, Held.of(member), reason);
  }

  // Stored first: what is seen must not be gone after a crash
  @GuardedBy("lock")
  private List<Step> commit(List<Edit> edits) {
    if (closed) {
      throw new CallException(
          Status.UNAVAILABLE,
          Execution.DID_NOT_RUN,
          "generation '%s' of the membership is closed".formatted(history.generation()));
    }
    long version = history.version();
    var steps = new ArrayList<Step>();
    for (var edit : edits) {
      if (!edit.changesNothing()) {
        version++;
        steps.add(new Step(new LogEntry(version, edit.before(), edit.after()), edit.reason()));
      }
    }
    for (var step : steps) {
      var after = step.entry().after();
      writer.write(step.entry().id(), after == null ? null : after.member());
    }
    history.append(steps.stream().map(Step::entry).toList());
    return steps;
  }

  private long tell(List<Step> steps) {
    for (var step : steps) {
      var after = step.entry().after();
      log.info(
          "Membership changed: version={} instance={} state={} reason='{}'",
          step.entry().version(),
          step.entry().id(),
          after == null ? "LEFT" : after.member().state(),
          step.reason());
    }
    if (steps.isEmpty()) {
      return history.version();
    }
    history.tell();
    return steps.getLast().entry().version();
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
      case DRAIN, LEAVE -> InstanceState.DRAINING;
      case QUARANTINE -> InstanceState.QUARANTINED;
      case RELEASE -> InstanceState.SERVING;
    };
  }
}
