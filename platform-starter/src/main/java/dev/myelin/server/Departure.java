package dev.myelin.server;

import dev.myelin.transport.Connection;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// How far a server is on its way out: it serves, it drains, it takes nobody any more. Thread-safe.
///
/// Each step is visible before what it changes is looked at: whoever enters a call, or opens a
/// connection, and looks at the step afterwards either sees it, or is seen by the one who took it.
final class Departure {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final Set<Connection> farewells = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private volatile boolean draining;
  private volatile boolean closed;

  /// No new calls from now on.
  void drain() {
    draining = true;
  }

  /// Whether new calls are refused.
  boolean draining() {
    return draining;
  }

  /// No new connections from now on.
  void close() {
    closed = true;
  }

  /// Whether new connections are refused.
  boolean closed() {
    return closed;
  }

  /// A caller has said that it sends no calls any more.
  void farewell(Connection caller) {
    farewells.add(caller);
    changed();
  }

  /// A caller has gone.
  void gone(Connection caller) {
    farewells.remove(caller);
    changed();
  }

  /// Whether all of them have said so.
  boolean farewellFrom(Collection<Connection> callers) {
    return farewells.containsAll(callers);
  }

  /// How many callers have said so and are still connected.
  int farewells() {
    return farewells.size();
  }

  /// Something happened that somebody may wait for.
  void changed() {
    if (draining) {
      lock.lock();
      try {
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /// Waits for a condition.
  ///
  /// @return whether it came true in time
  boolean await(BooleanSupplier condition, Duration limit) throws InterruptedException {
    long nanos = limit.toNanos();
    lock.lock();
    try {
      while (!condition.getAsBoolean()) {
        if (nanos <= 0) {
          return false;
        }
        long step = Math.min(nanos, LOOK_AGAIN.toNanos());
        nanos += changed.awaitNanos(step) - step;
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
