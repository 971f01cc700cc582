package dev.myelin.membership;

import dev.myelin.Deadline;
import dev.myelin.wire.Announcement;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.PubSub;
import dev.myelin.wire.ServiceNames;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says that this process is about to leave, and waits until everybody acts on it: until every
/// client that subscribes to one of its services has acknowledged it, or its lease on what it knew
/// before has lapsed. To be said while calls are still taken.
///
/// Where pubsub changes hands meanwhile it is said again, since the new one may not have heard it.
/// Thread-safe; blocks.
public final class LeaveNotice {

  private static final Logger log = LoggerFactory.getLogger(LeaveNotice.class);
  private static final Duration ASK_AGAIN = Duration.ofMillis(20);

  private final InstanceId self;
  private final Supplier<PubSub> pubsub;
  private final CoreDirectory directory;

  /// Creates it.
  ///
  /// @param self this process
  /// @param pubsub gets pubsub or a stand-in for it
  /// @param directory tells whether there is any
  public LeaveNotice(InstanceId self, Supplier<PubSub> pubsub, CoreDirectory directory) {
    this.self = self;
    this.pubsub = pubsub;
    this.directory = directory;
  }

  /// Says it and waits. Without any pubsub it returns at once; a failure is logged, not thrown.
  ///
  /// @param limit how long to wait at most
  /// @return whether everybody acts on it
  /// @throws InterruptedException if the thread is interrupted
  public boolean say(Duration limit) throws InterruptedException {
    var deadline = Deadline.after(limit);
    var never = new CountDownLatch(1);
    long said = -1;
    Set<InstanceId> pending = Set.of();
    @Nullable Exception failure = null;
    while (!deadline.expired()) {
      if (directory.instances(ServiceNames.PUBSUB).isEmpty()) {
        log.info("instance={} leaves unannounced: there is no pubsub", self);
        return false;
      }
      try {
        if (said < 0) {
          said = deadline.during(this::announce);
        }
        long version = said;
        pending = deadline.during(() -> pubsub.get().acknowledgement(version)).pending();
        if (pending.isEmpty()) {
          said = deadline.during(this::announce);
          if (said == version) {
            return true;
          }
          continue;
        }
      } catch (Exception e) {
        failure = e;
      }
      var _ = never.await(ASK_AGAIN.toNanos(), TimeUnit.NANOSECONDS);
    }
    log.warn(
        "instance={} leaves before everybody knows: within {} there was no answer of {}, last failure {}",
        self,
        limit,
        pending,
        String.valueOf(failure));
    return false;
  }

  private long announce() {
    return pubsub.get().announce(new Announcement(self, Announcement.Change.LEAVE, "leaves", 0));
  }
}
