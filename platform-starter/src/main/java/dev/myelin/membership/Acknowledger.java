package dev.myelin.membership;

import dev.myelin.Deadline;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.PubSub;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells pubsub which version this process acts on.
///
/// Acknowledgements are calls that wait for a reply, so they have a scheduler of their own and
/// never hold up an update. Only the newest version matters: older ones that could not be sent in
/// the meantime are skipped, the newest is tried until it arrives. Thread-safe.
final class Acknowledger implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Acknowledger.class);
  private static final Duration RETRY = Duration.ofSeconds(1);
  // A pubsub that does not answer must not keep what is owed to the next one
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final long NONE = -1;

  private final InstanceId subscriber;
  private final Supplier<PubSub> pubsub;
  private final SerialScheduler scheduler;
  private final AtomicLong owed = new AtomicLong(NONE);

  Acknowledger(InstanceId subscriber, Supplier<PubSub> pubsub, SerialScheduler scheduler) {
    this.subscriber = subscriber;
    this.pubsub = pubsub;
    this.scheduler = scheduler;
  }

  /// Acknowledges a version soon, instead of any that is still owed.
  void acknowledge(long version) {
    if (owed.getAndSet(version) == NONE) {
      scheduler.execute(this::send);
    }
  }

  /// Owes nothing any more: the versions of a lost connection mean nothing to the next.
  void forget() {
    owed.set(NONE);
  }

  private void send() {
    long version = owed.get();
    if (version == NONE) {
      return;
    }
    try {
      var connected = pubsub.get();
      Deadline.after(LIMIT)
          .during(() -> {
            connected.acknowledge(subscriber, version);
            return true;
          });
    } catch (Exception e) {
      log.debug("Version {} is not acknowledged yet: {}", version, e.toString());
      scheduler.schedule(RETRY, this::send);
      return;
    }
    if (!owed.compareAndSet(version, NONE)) {
      scheduler.execute(this::send);
    }
  }

  @Override
  public void close() {
    scheduler.close();
  }
}
