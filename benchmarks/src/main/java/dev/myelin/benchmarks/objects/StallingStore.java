package dev.myelin.benchmarks.objects;

import dev.myelin.Deadline;
import dev.myelin.storage.ObjectKey;
import dev.myelin.storage.ObjectLimits;
import dev.myelin.storage.ObjectVersion;
import dev.myelin.storage.StoredObject;
import dev.myelin.storage.memory.InMemoryObjectStore;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A store that stalls when it is told to, and loses the answers to some writes, of which some have
/// happened. Thread-safe.
///
/// As every store has to, it lets no write happen after its caller has given up: one whose caller
/// has hardly any time left is not begun.
final class StallingStore implements SharedStore {

  private static final Duration MARGIN = Duration.ofMillis(300);

  private final InMemoryObjectStore store = new InMemoryObjectStore(ObjectLimits.DEFAULT);
  private final double lossy;
  private final LongAdder lost = new LongAdder();
  private final LongAdder writes = new LongAdder();
  private volatile CountDownLatch open = new CountDownLatch(0);

  /// Creates an empty one.
  ///
  /// @param lossy share of the writes whose answer is lost, half of them without having happened
  StallingStore(double lossy) {
    this.lossy = lossy;
  }

  /// The answer to a write was lost.
  static final class AnswerLostException extends RuntimeException {
    AnswerLostException() {
      super("the answer to a write was lost");
    }
  }

  /// Answers nobody from now on.
  void stall() {
    open = new CountDownLatch(1);
  }

  /// Answers again.
  void goOn() {
    open.countDown();
  }

  long lost() {
    return lost.sum();
  }

  long writes() {
    return writes.sum();
  }

  private void enter() {
    try {
      open.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the caller has given up", e);
    }
    if (Deadline.current().filter(it -> it.remaining().compareTo(MARGIN) < 0).isPresent()) {
      throw new IllegalStateException("the caller is about to give up");
    }
  }

  @Override
  public @Nullable Kept get(ObjectKey key) {
    enter();
    return store.get(key).map(StallingStore::kept).orElse(null);
  }

  private static Kept kept(StoredObject object) {
    return new Kept(object.version(), object.state());
  }

  @Override
  public @Nullable ObjectVersion create(ObjectKey key, byte[] state) {
    return write(() -> store.create(key, state, null).orElse(null));
  }

  @Override
  public @Nullable ObjectVersion replace(ObjectKey key, ObjectVersion expected, byte[] state) {
    return write(() -> store.replace(key, expected, state, null).orElse(null));
  }

  private @Nullable ObjectVersion write(Supplier<@Nullable ObjectVersion> write) {
    enter();
    writes.increment();
    double drawn = ThreadLocalRandom.current().nextDouble();
    if (drawn < lossy / 2) {
      lost.increment();
      throw new AnswerLostException();
    }
    var version = write.get();
    if (drawn < lossy) {
      lost.increment();
      throw new AnswerLostException();
    }
    return version;
  }
}
