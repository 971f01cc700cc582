package dev.myelin.orchestrator.observe;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.wire.CallTotals;
import dev.myelin.wire.InstanceId;
import dev.myelin.wire.Reading;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Adds up the calls of all processes, so that the sum never goes back: what a process said last
/// stays counted when it ends. Thread-safe.
public final class CallLedger {

  private static final int REMEMBERED = 1_000;

  @GuardedBy("this")
  private final Map<InstanceId, CallTotals> living = new HashMap<>();

  // A reading may speak of an instance for a while after its end, and must not count it again
  @GuardedBy("this")
  private final Map<InstanceId, Boolean> gone =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InstanceId, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };

  @GuardedBy("this")
  private CallTotals ended = CallTotals.NONE;

  /// Creates an empty one.
  public CallLedger() {}

  /// Takes what readings say of their instances' calls.
  ///
  /// @param readings in any order, old ones included
  public synchronized void note(Collection<Reading> readings) {
    for (var reading : readings) {
      var heartbeat = reading.heartbeat();
      if (heartbeat != null && !gone.containsKey(reading.id())) {
        living.merge(reading.id(), heartbeat.made(), CallLedger::greater);
      }
    }
  }

  private static CallTotals greater(CallTotals one, CallTotals other) {
    return new CallTotals(
        Math.max(one.made(), other.made()),
        Math.max(one.retried(), other.retried()),
        Math.max(one.failed(), other.failed()));
  }

  /// Closes the account of a process that has ended.
  ///
  /// @param id which instance
  public synchronized void close(InstanceId id) {
    var last = living.remove(id);
    if (last != null) {
      ended = ended.plus(last);
    }
    gone.put(id, true);
  }

  /// The sum.
  public synchronized CallTotals totals() {
    return living.values().stream().reduce(ended, CallTotals::plus);
  }
}
