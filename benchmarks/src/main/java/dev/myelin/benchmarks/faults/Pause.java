package dev.myelin.benchmarks.faults;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Time that passes without work.
public final class Pause {

  private Pause() {}

  /// Lets time pass.
  ///
  /// @throws InterruptedException if the thread is interrupted meanwhile
  public static void of(Duration time) throws InterruptedException {
    var _ = new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
  }
}
