package dev.myelin.membership;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.wire.Heartbeat;
import dev.myelin.wire.InstanceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Beats to the process's own stethoscope once a second, by calls on a scheduler of its own.
///
/// - A beat that the stethoscope does not take goes to the next in rank at once. One that failed
///   twice in a row is passed over, so that its silence delays no beat; every few seconds it gets a
///   beat that another one has already, and is the first again once it takes that.
/// - A beat that is under way for longer than a second costs those that would have been due
///   meanwhile; the operation's timeout bounds it. The figures are taken even if it does not
///   arrive.
///
/// Thread-safe.
public final class Pulse implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Pulse.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration TRIED_AGAIN = Duration.ofSeconds(5);
  private static final int FAILURES = 2;
  private static final int TRIES = 2;

  private final InstanceId id;
  private final StethoscopeLine line;
  private final LoadSource load;
  private final SerialScheduler scheduler;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private @Nullable Heartbeat last;

  // These belong to the scheduler's tasks.
  private final Map<InstanceId, Failures> failures = new HashMap<>();
  private boolean heard = true;
  private boolean underWay;

  /// How a stethoscope failed.
  ///
  /// @param inRow beats in a row that it did not take
  /// @param at when it did not take the last of them
  private record Failures(int inRow, long at) {}

  /// Creates one, which does not beat before it is started.
  ///
  /// @param id of the process
  /// @param line to the stethoscopes
  /// @param load where the figures come from
  /// @param scheduler when to beat, and where
  public Pulse(InstanceId id, StethoscopeLine line, LoadSource load, SerialScheduler scheduler) {
    this.id = id;
    this.line = line;
    this.load = load;
    this.scheduler = scheduler;
  }

  /// Begins to beat; to be called once.
  public void start() {
    scheduler.repeat(INTERVAL, this::beat);
  }

  /// The last heartbeat taken; takes the first one if need be.
  public Heartbeat last() {
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
    if (!underWay) {
      underWay = true;
      send(heartbeat, order(), 0, null);
    }
  }

  /// Whom to try: in order of rank, but those passed over last.
  private List<InstanceId> order() {
    var order = new ArrayList<InstanceId>();
    var passedOver = new ArrayList<InstanceId>();
    for (var stethoscope : line.ranked()) {
      (passedOver(stethoscope) ? passedOver : order).add(stethoscope);
    }
    order.addAll(passedOver);
    failures.keySet().retainAll(order);
    return order;
  }

  private boolean passedOver(InstanceId stethoscope) {
    var failed = failures.get(stethoscope);
    return failed != null && failed.inRow() >= FAILURES;
  }

  private void send(
      Heartbeat heartbeat, List<InstanceId> order, int attempt, @Nullable Throwable before) {
    if (attempt >= Math.min(TRIES, order.size())) {
      underWay = underWay && attempt > 0;
      lost(before);
      return;
    }
    var stethoscope = order.get(attempt);
    var _ =
        line.beat(stethoscope, heartbeat)
            .whenComplete((_, failure) -> {
              // The next beat does not wait for what becomes of this one at the second
              underWay = underWay && attempt > 0;
              if (failure == null) {
                arrived(stethoscope, heartbeat);
                tryAgain(heartbeat);
              } else {
                failed(stethoscope);
                send(heartbeat, order, attempt + 1, failure);
              }
            });
  }

  private void failed(InstanceId stethoscope) {
    var before = failures.get(stethoscope);
    failures.put(
        stethoscope, new Failures(before == null ? 1 : before.inRow() + 1, scheduler.nanoTime()));
  }

  private void arrived(InstanceId stethoscope, Heartbeat heartbeat) {
    failures.remove(stethoscope);
    if (!heard) {
      log.info(
          "Heartbeats arrive again: id={} stethoscope={} sequence={}",
          id,
          stethoscope,
          heartbeat.sequence());
    }
    heard = true;
  }

  /// Brings a beat that has arrived to one that is passed over, if it is time to.
  private void tryAgain(Heartbeat heartbeat) {
    for (var stethoscope : line.ranked()) {
      var failed = failures.get(stethoscope);
      if (passedOver(stethoscope)
          && failed != null
          && scheduler.nanoTime() - failed.at() >= TRIED_AGAIN.toNanos()) {
        var _ =
            line.beat(stethoscope, heartbeat)
                .whenComplete((_, failure) -> {
                  if (failure == null) {
                    failures.remove(stethoscope);
                  } else {
                    failed(stethoscope);
                  }
                });
        return;
      }
    }
  }

  private void lost(@Nullable Throwable failure) {
    if (heard) {
      log.warn(
          "Heartbeats of instance '{}' do not arrive: {}",
          id,
          failure == null ? "there is no stethoscope" : failure.toString());
    }
    heard = false;
  }

  @GuardedBy("lock")
  private Heartbeat take() {
    long sequence = last == null ? 1 : last.sequence() + 1;
    var taken = new Heartbeat(id, sequence, load.served(), load.made(), load.suspected());
    last = taken;
    return taken;
  }

  @Override
  public void close() {
    scheduler.close();
  }
}
