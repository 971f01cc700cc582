package dev.myelin.pubsub.cluster;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.CallException;
import dev.myelin.Deadline;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.membership.MembershipFollower;
import dev.myelin.membership.PubSubs;
import dev.myelin.membership.SerialScheduler;
import dev.myelin.pubsub.cluster.Peers.Peer;
import dev.myelin.pubsub.membership.MemberStore;
import dev.myelin.pubsub.membership.MembershipCopy;
import dev.myelin.pubsub.membership.MembershipHistory;
import dev.myelin.pubsub.membership.MembershipLog;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.MembershipChange;
import dev.myelin.wire.MembershipUpdate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The membership as this pubsub has it: written here, if it holds the [Writership], or else
/// followed from the pubsub that does.
///
/// - A follower has the writer's generation and versions, so that a subscriber can go from one
///   pubsub to another and resume.
/// - When the writer ends, the first follower to notice takes over: it opens a generation of its
///   own, later than all before, with the members that are stored, which are all that anybody has
///   seen. Subscribers get one snapshot of it.
/// - A change asked for at a follower is passed on to the writer; while there is none it waits for
///   the next one, up to the call's deadline.
/// - While a writer holds the right but does not answer, what is known is served on.
/// - Who lost the right because the folder was deleted never takes it again: it would tell
///   everybody that nobody is there. Who lost a right that is [regainable][Writership#regainable()]
///   follows the next writer, or is it.
///
/// Thread-safe; [Changes] makes what callers ask for.
public final class SharedMembership implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SharedMembership.class);
  private static final Duration STEP = Duration.ofMillis(200);
  private static final Duration ASK_AGAIN = Duration.ofMillis(50);

  private final Parts parts;
  private final MembershipHistory history;
  private final WriterWatch watch;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition stepped = lock.newCondition();

  // Written by the scheduler's tasks and, before there are any, by start
  @GuardedBy("lock")
  private @Nullable MembershipLog written;

  @GuardedBy("lock")
  private long steps;

  // These belong to the scheduler's tasks
  private @Nullable MembershipFollower follower;
  private Optional<InstanceId> followed = Optional.empty();
  private boolean failing;
  private boolean lost;

  /// What it works with.
  ///
  /// @param self this process
  /// @param writership who may write
  /// @param store where the members outlive the processes
  /// @param leaseEpoch reads the epoch of the orchestrators' lease; 0 = not known
  /// @param peers the other pubsubs
  /// @param scheduler its tasks, closed with this
  /// @param random spreads reconnections
  public record Parts(
      InstanceId self,
      Writership writership,
      MemberStore store,
      LongSupplier leaseEpoch,
      Peers peers,
      SerialScheduler scheduler,
      RandomGenerator random) {}

  /// Creates one; [#start] starts it.
  ///
  /// @param history where subscribers are served from; changed by nobody else
  /// @param parts what it works with
  public SharedMembership(MembershipHistory history, Parts parts) {
    this.history = history;
    this.parts = parts;
    this.watch = new WriterWatch(parts.scheduler()::nanoTime);
  }

  /// Writes the membership from now on, if nobody else does; begins to follow otherwise.
  public void start() {
    takeOver();
    parts.scheduler().repeat(STEP, this::step);
  }

  /// Whether it is written here.
  public boolean writing() {
    return written() != null;
  }

  private @Nullable MembershipLog written() {
    lock.lock();
    try {
      return written;
    } finally {
      lock.unlock();
    }
  }

  private void writing(@Nullable MembershipLog opened) {
    lock.lock();
    try {
      written = opened;
    } finally {
      lock.unlock();
    }
  }

  private void step() {
    try {
      if (writing()) {
        stepDownWhereLost();
      } else if (lost || !takeOver()) {
        follow();
      }
      failing = false;
    } catch (RuntimeException e) {
      if (!failing) {
        log.error("Whether this pubsub may write the membership is not known, trying on", e);
      }
      failing = true;
    }
    lock.lock();
    try {
      steps++;
      stepped.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean takeOver() {
    var generation = parts.writership().acquire();
    if (generation.isEmpty()) {
      return false;
    }
    boolean opened = false;
    try {
      var opening =
          new MembershipLog.Opening(generation.get().toString(), generation.get().firstVersion());
      writing(new MembershipLog(history, opening, parts.store(), parts.leaseEpoch()));
      opened = true;
    } finally {
      if (!opened) {
        parts.writership().release();
      }
    }
    if (follower != null) {
      follower.close();
    }
    follower = null;
    return true;
  }

  private void stepDownWhereLost() {
    var log = written();
    if (log == null || parts.writership().intact()) {
      return;
    }
    lost = !parts.writership().regainable();
    SharedMembership.log.error(
        "The right to write the membership is lost: serving what is known {}",
        lost
            ? "because the cluster's folder was deleted or replaced; restart the cluster"
            : "until somebody has it");
    log.close();
    writing(null);
    parts.writership().release();
  }

  private void follow() {
    var holder = parts.writership().holder().filter(id -> !id.equals(parts.self()));
    if (follower == null) {
      followed = holder;
      follower =
          new MembershipFollower(
              Peers.follower(parts.self()),
              this::followed,
              parts.scheduler(),
              parts.random(),
              new Copying());
      follower.start();
    } else if (!holder.equals(followed)) {
      followed = holder;
      follower.reconnect();
    }
    watch.look(followed, history.version());
  }

  private List<PubSubs.Place> followed() {
    return peer(followed).map(peer -> new PubSubs.Place(peer.id(), peer.pubsub())).stream()
        .toList();
  }

  /// The pubsub that writes, as far as is known, if it is another one.
  Optional<Peer> writer() {
    return peer(parts.writership().holder());
  }

  private Optional<Peer> peer(Optional<InstanceId> id) {
    return parts.peers().others().stream()
        .filter(peer -> id.filter(peer.id()::equals).isPresent())
        .findFirst();
  }

  /// Makes a change, if the membership is written here.
  ///
  /// @param change what is asked for
  /// @return version of the membership that has the change
  /// @throws CallException that it did not run, if the membership is written elsewhere
  public long write(MembershipChange change) {
    var log = written();
    if (log == null) {
      throw notWritten("process '%s' does not write the membership".formatted(parts.self()));
    }
    return switch (change) {
      case MembershipChange.Register(var instance) -> log.register(instance);
      case MembershipChange.Announce(var announcement) -> log.announce(announcement);
      case MembershipChange.Name(var id, var service, var epoch) -> log.name(id, service, epoch);
      case MembershipChange.Deregister(var id, var reason) -> log.deregister(id, reason);
    };
  }

  static CallException notWritten(String detail) {
    return new CallException(Status.UNAVAILABLE, Execution.DID_NOT_RUN, detail);
  }

  /// Waits for the next step, which may be the one that takes over, but not for long: who writes
  /// may have changed meanwhile, too.
  ///
  /// @return whether there is time left
  boolean awaitStep(Deadline deadline) {
    lock.lock();
    try {
      long seen = steps;
      long left = Math.min(deadline.remaining().toNanos(), ASK_AGAIN.toNanos());
      while (steps == seen && left > 0) {
        left = stepped.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
    return !deadline.expired();
  }

  /// Gives the right back, so that another pubsub writes on.
  @Override
  public void close() {
    parts.scheduler().close();
    var log = written();
    if (log != null) {
      log.close();
    }
    parts.writership().release();
  }

  private final class Copying implements MembershipFollower.Listener {

    private final MembershipCopy copy = new MembershipCopy(history);

    @Override
    public void updated(MembershipUpdate update) {
      copy.apply(update);
    }

    @Override
    public void connected() {
      watch.connected(followed);
    }

    @Override
    public void lost() {
      watch.lost();
      // It may have ended, and this may be the next
      parts.scheduler().execute(SharedMembership.this::step);
    }
  }
}
