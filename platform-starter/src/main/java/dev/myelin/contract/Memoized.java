package dev.myelin.contract;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A value made at its first use, by one thread, while others that want it wait. Thread-safe.
///
/// Codecs are compiled this way: a process starts sooner when it compiles only what is called.
///
/// @param <T> type of the value
public final class Memoized<T> implements Supplier<T> {

  private final Supplier<T> source;
  private final ReentrantLock lock = new ReentrantLock();

  // written under the lock, read without it
  private volatile @Nullable T value;

  private Memoized(Supplier<T> source) {
    this.source = source;
  }

  /// Defers a computation; one that throws is tried again at the next use.
  ///
  /// @param source makes the value
  public static <T> Memoized<T> of(Supplier<T> source) {
    return new Memoized<>(source);
  }

  @Override
  public T get() {
    var present = value;
    return present == null ? make() : present;
  }

  private T make() {
    lock.lock();
    try {
      var present = value;
      if (present == null) {
        present = source.get();
        value = present;
      }
      return present;
    } finally {
      lock.unlock();
    }
  }
}
