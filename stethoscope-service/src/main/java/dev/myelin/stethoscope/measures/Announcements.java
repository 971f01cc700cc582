package dev.myelin.stethoscope.measures;

import dev.myelin.membership.SerialScheduler;
import dev.myelin.wire.Announcement;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.PubSub;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the newest announcement about each instance to pubsub, one at a time, until it arrives.
///
/// What is out of date before it could be sent is not sent: an instance that is well again while
/// pubsub is away is only released. Only tasks of the scheduler call it.
public final class Announcements {

  private static final Logger log = LoggerFactory.getLogger(Announcements.class);
  private static final Duration RETRY = Duration.ofMillis(500);

  private final PubSub pubsub;
  private final Executor threads;
  private final SerialScheduler scheduler;
  private final Map<InstanceId, Announcement> wanted = new HashMap<>();
  private final Set<InstanceId> underWay = new HashSet<>();
  private boolean failing;

  /// Creates one that has nothing to say.
  ///
  /// @param pubsub takes announcements
  /// @param threads runs each call on a thread that may block
  /// @param scheduler whose tasks call it
  public Announcements(PubSub pubsub, Executor threads, SerialScheduler scheduler) {
    this.pubsub = pubsub;
    this.threads = threads;
    this.scheduler = scheduler;
  }

  /// Says something, in place of what was said of that instance before and is not known yet.
  ///
  /// @param announcement what
  public void say(Announcement announcement) {
    wanted.put(announcement.id(), announcement);
    send(announcement);
  }

  /// Says nothing more of an instance.
  ///
  /// @param id which one
  public void forget(InstanceId id) {
    wanted.remove(id);
  }

  private void send(Announcement announcement) {
    if (announcement.equals(wanted.get(announcement.id())) && underWay.add(announcement.id())) {
      var _ =
          CompletableFuture.runAsync(() -> pubsub.announce(announcement), threads)
              .whenComplete((_, failure) -> scheduler.execute(() -> sent(announcement, failure)));
    }
  }

  private void sent(Announcement announcement, @Nullable Throwable failure) {
    underWay.remove(announcement.id());
    if (failure == null) {
      failing = false;
      wanted.remove(announcement.id(), announcement);
    } else {
      if (!failing) {
        log.warn("Pubsub does not take announcements; they are repeated", failure);
      }
      failing = true;
      scheduler.schedule(RETRY, () -> send(announcement));
    }
    var newer = wanted.get(announcement.id());
    if (newer != null && !newer.equals(announcement)) {
      send(newer);
    }
  }
}
