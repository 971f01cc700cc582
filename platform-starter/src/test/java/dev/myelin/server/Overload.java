package dev.myelin.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// An instance under load in virtual time: the real [Admission] before a number of cores that the
/// running calls share evenly. Calls arrive at random (Poisson) and take a random time
/// (exponential) of a core; each ends at its deadline at the latest, wherever it is.
final class Overload {

  private static final double NANOS = 1e9;

  private final int cores;
  private final Duration mean;
  private final Duration timeout;
  private final Random random = new Random(11);
  private final Admission admission;
  private final PriorityQueue<Call> running =
      new PriorityQueue<>(Comparator.comparingDouble((Call call) -> call.endsAt));
  private final ArrayDeque<Call> waiting = new ArrayDeque<>();
  private final ArrayDeque<Call> byDeadline = new ArrayDeque<>();
  private long now;
  // grows by the work that each running call gets done
  private double progress;
  private int arrived;
  private int good;
  private int refused;
  private int wasted;

  Overload(
      int cores, int concurrency, Duration mean, Duration timeout, AdmissionSettings settings) {
    this.cores = cores;
    this.mean = mean;
    this.timeout = timeout;
    this.admission = new Admission(concurrency, settings, () -> now);
  }

  private static final class Call {
    final long deadline;
    final double work;
    double endsAt;
    long permittedAt;
    boolean over;

    Call(long deadline, double work) {
      this.deadline = deadline;
      this.work = work;
    }
  }

  /// What came of it.
  ///
  /// @param goodput calls answered in time, as a share of what the cores could have done
  /// @param refused calls refused at the door, as a share of those that came
  /// @param wasted calls let in that met their deadline, as a share of those let in
  /// @param limit calls that may run at a time at the end
  record Report(double goodput, double refused, double wasted, int limit) {}

  Report run(double load, Duration length) {
    double capacity = cores * NANOS / mean.toNanos();
    double gap = NANOS / (capacity * load);
    long end = now + length.toNanos();
    long nextArrival = now;
    while (now < end) {
      long ends = nextEnd();
      long expires = nextExpiry();
      advance(Math.min(nextArrival, Math.min(ends, expires)));
      if (now == ends) {
        finish();
      } else if (now == expires) {
        expire();
      } else {
        arrive();
        nextArrival = now + Math.max(1, (long) (gap * random.nextExponential()));
      }
    }
    return new Report(
        good / (capacity * length.toNanos() / NANOS),
        (double) refused / arrived,
        (double) wasted / Math.max(1, good + wasted),
        admission.limit());
  }

  private double speed() {
    return Math.min(1.0, (double) cores / Math.max(1, running.size()));
  }

  private void advance(long to) {
    progress += (to - now) * speed();
    now = to;
  }

  private long nextEnd() {
    var first = running.peek();
    return first == null
        ? Long.MAX_VALUE
        : now + (long) Math.ceil(Math.max(0, first.endsAt - progress) / speed());
  }

  private long nextExpiry() {
    while (!byDeadline.isEmpty() && byDeadline.getFirst().over) {
      byDeadline.removeFirst();
    }
    return byDeadline.isEmpty() ? Long.MAX_VALUE : Math.max(now, byDeadline.getFirst().deadline);
  }

  private void arrive() {
    arrived++;
    if (admission.enter(timeout) != Admission.Entry.ADMITTED) {
      refused++;
      return;
    }
    var call = new Call(now + timeout.toNanos(), mean.toNanos() * random.nextExponential());
    byDeadline.addLast(call);
    waiting.addLast(call);
    startWaiting();
  }

  private void startWaiting() {
    while (running.size() < admission.limit()) {
      @Nullable Call call = waiting.pollFirst();
      if (call == null) {
        return;
      }
      call.permittedAt = now;
      call.endsAt = progress + call.work;
      running.add(call);
    }
  }

  private void finish() {
    var call = running.remove();
    good++;
    end(call);
  }

  private void expire() {
    var call = byDeadline.removeFirst();
    wasted++;
    if (waiting.remove(call)) {
      call.over = true;
      admission.leave();
    } else {
      running.remove(call);
      end(call);
    }
  }

  private void end(Call call) {
    call.over = true;
    admission.release(call.permittedAt);
    admission.leave();
    startWaiting();
  }
}
