package dev.myelin.storage;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Time that has to pass for a server, which no test can turn forward.
public final class RealTime {

  private RealTime() {}

  /// Returns when that much time has passed. Parking once is not enough: a call whose answer came
  /// before its caller parked leaves a permit behind, with which the next park returns at once.
  ///
  /// @param time how much
  public static void pass(Duration time) {
    long start = System.nanoTime();
    for (long left = time.toNanos(); left > 0; left = time.toNanos() - System.nanoTime() + start) {
      LockSupport.parkNanos(left);
    }
  }
}
