package dev.myelin.membership;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Stethoscope;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Beats to the stethoscope once a second, by calls on a scheduler of its own.
///
/// A call that takes longer than a second costs the beats that would have been due meanwhile; the
/// operation's timeout bounds it. The figures are taken even if the beat does not arrive.
/// Thread-safe.
final class Pulse implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Pulse.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final InstanceId id;
  private final Supplier<Stethoscope> stethoscope;
  private final LoadSource load;
  private final SerialScheduler scheduler;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private @Nullable Heartbeat last;

  // Belongs to the scheduler's tasks.
  private boolean heard = true;

  Pulse(
      InstanceId id,
      Supplier<Stethoscope> stethoscope,
      LoadSource load,
      SerialScheduler scheduler) {
    this.id = id;
    this.stethoscope = stethoscope;
    this.load = load;
    this.scheduler = scheduler;
  }

  /// Begins to beat.
  void start() {
    scheduler.repeat(INTERVAL, this::beat);
  }

  /// The last heartbeat taken; takes the first one if need be.
  Heartbeat last() {
    lock.lock();
    try {
      return last == null ? take() : last;
    } finally {
      lock.unlock();
    }
  }

  private void beat() {
    Heartbeat heartbeat;
    lock.lock();
    try {
      heartbeat = take();
    } finally {
      lock.unlock();
    }
    try {
      stethoscope.get().beat(heartbeat);
      if (!heard) {
        log.info("Heartbeats arrive again: id={} sequence={}", id, heartbeat.sequence());
      }
      heard = true;
    } catch (RuntimeException e) {
      if (heard) {
        log.warn("Heartbeats of instance '{}' do not arrive: {}", id, e.toString());
      }
      heard = false;
    }
  }

  @GuardedBy("lock")
  private Heartbeat take() {
    long sequence = last == null ? 1 : last.sequence() + 1;
    var taken = new Heartbeat(id, sequence, load.served(), load.made());
    last = taken;
    return taken;
  }

  @Override
  public void close() {
    scheduler.close();
  }
}
