package dev.myelin.samples.primes;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// Runs calls on virtual threads, no more than a given number of them at a time.
///
/// Safe for use by several threads; they share the bound. Closing interrupts the calls in flight.
final class BoundedCalls implements AutoCloseable {

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore permits;

  /// Creates one.
  ///
  /// @param inFlight most calls that run at a time
  BoundedCalls(int inFlight) {
    this.permits = new Semaphore(inFlight, true);
  }

  /// Waits until fewer calls than the bound are in flight, then starts this one.
  ///
  /// @param call what to run
  /// @return its outcome
  /// @throws InterruptedException if interrupted while waiting; the call is not started then
  <T> Future<T> start(Callable<T> call) throws InterruptedException {
    permits.acquire();
    try {
      return threads.submit(() -> {
        try {
          return call.call();
        } finally {
          permits.release();
        }
      });
    } catch (RuntimeException closed) {
      permits.release();
      throw closed;
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}
