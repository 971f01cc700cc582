package dev.myelin.object;

import dev.myelin.storage.ObjectKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The calls of this process that change one object, one behind the other. Thread-safe.
///
/// It saves work and decides nothing: of the calls that change an object at the same time all but
/// one run in vain, and a store on several servers slows down the more of them meet there. Which
/// change is stored is decided by version all the same, since every process has a queue of its own.
///
/// A call that is about to wait in the line of another object lets the next one of its own go
/// first, so that objects which call each other never wait in a circle. Should one come about by a
/// detour, it ends: nobody waits for longer than half of the time that is left, and goes on all the
/// same.
final class WriteQueue {

  private static final ScopedValue<Place> CURRENT = ScopedValue.newInstance();

  private final Map<ObjectKey, Line> lines = new ConcurrentHashMap<>();

  /// The calls of one object; kept while there are any.
  ///
  /// @param free taken by the call that is at the head
  /// @param calls how many there are, which run or wait
  private record Line(Semaphore free, int calls) {

    Line joined() {
      return new Line(free, calls + 1);
    }

    @Nullable Line left() {
      return calls == 1 ? null : new Line(free, calls - 1);
    }
  }

  /// The place at the head of a line, which is given up once.
  private static final class Place {

    private final Semaphore free;
    private final AtomicBoolean held;

    Place(Semaphore free, boolean held) {
      this.free = free;
      this.held = new AtomicBoolean(held);
    }

    void giveUp() {
      if (held.compareAndSet(true, false)) {
        free.release();
      }
    }
  }

  /// Runs what changes an object when those before it have ended, or wait in the line of another
  /// object.
  ///
  /// @param attempts say how long it may wait
  /// @throws X what it throws
  <T extends @Nullable Object, X extends Throwable> T inOrder(
      ObjectKey key, Attempts attempts, ScopedValue.CallableOp<T, X> change) throws X {
    var free =
        lines
            .compute(
                key,
                (_, line) -> line == null ? new Line(new Semaphore(1, true), 1) : line.joined())
            .free();
    try {
      var place = new Place(free, attempts.tryAcquire(free));
      try {
        return ScopedValue.where(CURRENT, place).call(change);
      } finally {
        place.giveUp();
      }
    } finally {
      lines.computeIfPresent(key, (_, line) -> line.left());
    }
  }

  /// Objects of which calls run or wait.
  int objects() {
    return lines.size();
  }

  /// Gives the place of the current call up, if it has one: it is about to wait in another line.
  static void letNextGo() {
    if (CURRENT.isBound()) {
      CURRENT.get().giveUp();
    }
  }
}
