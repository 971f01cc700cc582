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
  private final DecisionStore store;

  @GuardedBy("this")
  private final Deque<ScalingRecord> records = new ArrayDeque<>();

  /// Creates an empty one.
  ///
  /// @param capacity how many are kept
  public DecisionLog(int capacity) {
    this(capacity, DecisionStore.NONE);
  }

  /// Creates one that goes on where another process has left off.
  ///
  /// @param capacity how many are kept
  /// @param store where they are kept
  public DecisionLog(int capacity, DecisionStore store) {
    this.capacity = capacity;
    this.store = store;
  }

  /// Adds a change, and forgets the oldest beyond the capacity.
  ///
  /// @param change what was decided
  public synchronized void add(ScalingRecord change) {
    var before = store.load(List.copyOf(records));
    records.clear();
    records.addAll(before);
    records.addLast(change);
    while (records.size() > capacity) {
      records.removeFirst();
    }
    store.save(List.copyOf(records));
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
