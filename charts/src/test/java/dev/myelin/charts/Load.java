package dev.myelin.charts;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Calls made by several callers, each as soon as its last one was answered, until it is closed.
final class Load implements AutoCloseable {

  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger made = new AtomicInteger();
  private final ConcurrentLinkedQueue<String> failed = new ConcurrentLinkedQueue<>();
  private volatile boolean ended;

  /// Begins.
  Load(int count, Callable<?> call) {
    for (int i = 0; i < count; i++) {
      var _ = callers.submit(() -> repeat(call));
    }
  }

  private void repeat(Callable<?> call) {
    while (!ended) {
      try {
        call.call();
      } catch (Exception e) {
        failed.add(String.valueOf(e.getMessage()));
      }
      made.incrementAndGet();
    }
  }

  /// Returns when calls have been made for that long.
  void goOnFor(Duration time) throws InterruptedException {
    new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  int made() {
    return made.get();
  }

  List<String> failed() {
    return List.copyOf(failed);
  }

  @Override
  public void close() {
    ended = true;
    callers.close();
  }
}
