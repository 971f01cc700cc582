package dev.myelin.orchestrator.scale;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The last changes of desired numbers, each also logged when it is made. Thread-safe.
public final class DecisionLog {

  private static final Logger log = LoggerFactory.getLogger(DecisionLog.class);

  private final int capacity;

  @GuardedBy("this")
  private final Deque<ScalingRecord> records = new ArrayDeque<>();

  /// Creates an empty one.
  ///
  /// @param capacity how many are kept
  public DecisionLog(int capacity) {
    this.capacity = capacity;
  }

  /// Adds a change, and forgets the oldest beyond the capacity.
  ///
  /// @param change what was decided
  public synchronized void add(ScalingRecord change) {
    records.addLast(change);
    if (records.size() > capacity) {
      records.removeFirst();
    }
    log.info(
        "service={} desired={} before={} reason=\"{}\"",
        change.service(),
        change.to(),
        change.from(),
        change.reason());
  }

  /// The changes, oldest first.
  public synchronized List<ScalingRecord> records() {
    return List.copyOf(records);
  }
}
