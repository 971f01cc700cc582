package dev.myelin.membership;

import dev.myelin.wire.Member;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One service's snapshot, with those who wait for the next one.
///
/// One thread publishes and adds listeners, and calls them; any thread reads and waits.
final class ServiceView {

  private static final Logger log = LoggerFactory.getLogger(ServiceView.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Consumer<Snapshot>> listeners = new CopyOnWriteArrayList<>();

  // Written under the lock, so that nobody who waits misses a change; read without it.
  private volatile Snapshot published = Snapshot.EMPTY;

  Snapshot snapshot() {
    return published;
  }

  /// Replaces the members, unless they are the same; then tells the listeners.
  void publish(List<Member> members) {
    var before = published;
    if (before.version() > 0 && before.members().equals(members)) {
      return;
    }
    var after = new Snapshot(before.version() + 1, members);
    lock.lock();
    try {
      published = after;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    listeners.forEach(listener -> tell(listener, after));
  }

  Snapshot awaitChange(Snapshot known, Duration limit) throws InterruptedException {
    long left = limit.toNanos();
    lock.lockInterruptibly();
    try {
      while (published.version() == known.version() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return published;
    } finally {
      lock.unlock();
    }
  }

  void add(Consumer<Snapshot> listener) {
    listeners.add(listener);
    tell(listener, published);
  }

  void remove(Consumer<Snapshot> listener) {
    listeners.remove(listener);
  }

  private static void tell(Consumer<Snapshot> listener, Snapshot snapshot) {
    try {
      listener.accept(snapshot);
    } catch (RuntimeException e) {
      log.warn("A listener of membership failed on version {}", snapshot.version(), e);
    }
  }
}
