package dev.myelin.benchmarks.faults;

import dev.myelin.CallException;
import dev.myelin.Deadline;
import dev.myelin.Microservice;
import dev.myelin.Strategy;
import dev.myelin.benchmarks.myelin.Instances;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.jspecify.annotations.Nullable;

/// Goal F4: a chain of services whose last one hangs, called with a deadline.
public final class HangingLeaf implements Trial {
  private static final int LENGTH = 5;
  private static final int CALLERS = 8;
  private static final int CALLS = 400;
  private static final Duration DEADLINE = Duration.ofMillis(300);
  private static final Duration HANGING = Duration.ofSeconds(30);
  private static final double OVERRUN_MILLIS = 20;
  private static final Duration CANCEL_LIMIT = Duration.ofSeconds(2);
  private static final Duration MOMENT = Duration.ofMillis(5);

  /// Makes the trial.
  public HangingLeaf() {}

  /// A service of the chain.
  @Microservice("link")
  public interface Link {

    /// Asks the next one, or hangs.
    int follow() throws InterruptedException;
  }

  private static final class Joint implements Link {
    private final @Nullable Link next;
    private final LongAdder begun;
    private final LongAdder stopped;

    Joint(@Nullable Link next, LongAdder begun, LongAdder stopped) {
      this.next = next;
      this.begun = begun;
      this.stopped = stopped;
    }

    @Override
    public int follow() throws InterruptedException {
      if (next != null) {
        return 1 + next.follow();
      }
      begun.increment();
      try {
        Pause.of(HANGING);
      } catch (InterruptedException cancelled) {
        stopped.increment();
        throw cancelled;
      }
      return 1;
    }
  }

  @Override
  public String name() {
    return "F4";
  }

  @Override
  public String title() {
    return "%d services in a chain, the last one hangs, deadline %d ms, %d calls of %d callers"
        .formatted(LENGTH, DEADLINE.toMillis(), CALLS, CALLERS);
  }

  @Override
  public List<String> run(long seed) throws Exception {
    var begun = new LongAdder();
    var stopped = new LongAdder();
    Deque<Instances<Link>> chain = new ArrayDeque<>();
    try {
      Link next = null;
      for (var i = 0; i < LENGTH; i++) {
        chain.push(Instances.open(Link.class, List.of(new Joint(next, begun, stopped))));
        next = chain.element().caller(Strategy.ROUND_ROBIN, 3);
      }
      return judge(java.util.Objects.requireNonNull(next), begun, stopped);
    } finally {
      while (!chain.isEmpty()) {
        chain.pop().close();
      }
    }
  }

  private static List<String> judge(Link first, LongAdder begun, LongAdder stopped)
      throws Exception {
    var overrun = new ConcurrentHistogram(HANGING.toNanos(), 3);
    var late = new ArrayList<String>();
    try (var callers = Executors.newFixedThreadPool(CALLERS, Thread.ofVirtual().factory())) {
      var calls = new ArrayList<Callable<Boolean>>();
      for (var i = 0; i < CALLS; i++) {
        calls.add(() -> failsInTime(first, overrun));
      }
      for (var call : callers.invokeAll(calls)) {
        if (!call.get()) {
          late.add("answered");
        }
      }
    }
    awaitStopped(begun, stopped);
    var report = new Verdicts();
    var millis = overrun.getValueAtPercentile(99) / 1e6;
    report.goal(
        late.isEmpty() && millis <= OVERRUN_MILLIS,
        "caller back at most 20 ms after the deadline, p99: %.1f ms (p50 %.1f, most %.1f)",
        millis,
        overrun.getValueAtPercentile(50) / 1e6,
        overrun.getMaxValue() / 1e6);
    report.goal(
        begun.sum() == stopped.sum(),
        "work behind it cancelled within 2 s: %d of the %d calls that reached the last service",
        stopped.sum(),
        begun.sum());
    return report.lines();
  }

  // the callers are back before the last cancel has gone down the chain
  private static void awaitStopped(LongAdder begun, LongAdder stopped) throws InterruptedException {
    long end = System.nanoTime() + CANCEL_LIMIT.toNanos();
    while (stopped.sum() < begun.sum() && end - System.nanoTime() > 0) {
      Pause.of(MOMENT);
    }
  }

  private static boolean failsInTime(Link first, ConcurrentHistogram overrun) throws Exception {
    var begin = System.nanoTime();
    try {
      Deadline.after(DEADLINE).during(first::follow);
      return false;
    } catch (CallException _) {
      overrun.recordValue(Math.max(0, System.nanoTime() - begin - DEADLINE.toNanos()));
      return true;
    }
  }
}
