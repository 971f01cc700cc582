package dev.myelin.benchmarks.objects;

import dev.myelin.CallException;
import dev.myelin.Execution;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts what operations came to. Thread-safe.
final class Outcomes {

  private final LongAdder answered = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder unclear = new LongAdder();
  private final Map<String, LongAdder> reasons = new ConcurrentHashMap<>();
  private final Set<Long> served = ConcurrentHashMap.newKeySet();
  private final long begin = System.nanoTime();

  void answered() {
    answered.increment();
    var _ = served.add(Duration.ofNanos(System.nanoTime() - begin).toSeconds());
  }

  /// In how many seconds of the time so far something was answered.
  int secondsServed() {
    return served.size();
  }

  /// Counts an operation that was not answered.
  ///
  /// @param writes whether it would have changed anything
  /// @return whether it has changed nothing and will not
  boolean failed(CallException e, boolean writes) {
    boolean nothing = !writes || e.execution() == Execution.DID_NOT_RUN;
    (nothing ? failed : unclear).increment();
    reasons.computeIfAbsent(e.status() + " " + e.execution(), _ -> new LongAdder()).increment();
    return nothing;
  }

  long answers() {
    return answered.sum();
  }

  /// Operations that have changed nothing, as their callers were told.
  long failures() {
    return failed.sum();
  }

  /// Operations of which their callers were told that they may have run.
  long doubts() {
    return unclear.sum();
  }

  /// Status and execution of what was not answered, and how often.
  Map<String, LongAdder> reasons() {
    return new TreeMap<>(reasons);
  }
}
