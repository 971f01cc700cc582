package dev.myelin.storage.memcached;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.locks.ReentrantLock;

/// Whether a node is asked at all: not after it has been silent [#SILENCES] times in a row, nor
/// while it has no connection, until a probe has found it well. So callers wait for a node that
/// hangs a few times, not every time. Thread-safe; never blocks.
final class Circuit {

  /// Silences in a row that break it. One alone may be a pause of this process.
  static final int SILENCES = 3;

  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private int silences;

  private volatile boolean closed;
  private volatile boolean pending;

  /// Whether the node is asked. Not before its first probe.
  boolean closed() {
    return closed;
  }

  void answered() {
    // nearly always nothing to do: readers of a volatile beside each other do not disturb
    if (pending) {
      lock.lock();
      try {
        silences = 0;
        pending = false;
      } finally {
        lock.unlock();
      }
    }
  }

  /// Notes that the node did not answer in time.
  ///
  /// @return whether this breaks the circuit
  boolean silent() {
    lock.lock();
    try {
      pending = true;
      return ++silences >= SILENCES && breakIt();
    } finally {
      lock.unlock();
    }
  }

  /// Notes that there is no connection.
  ///
  /// @return whether this breaks the circuit
  boolean lost() {
    lock.lock();
    try {
      return breakIt();
    } finally {
      lock.unlock();
    }
  }

  /// Notes that a probe went well.
  void well() {
    lock.lock();
    try {
      silences = 0;
      pending = false;
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private boolean breakIt() {
    boolean before = closed;
    closed = false;
    return before;
  }
}
