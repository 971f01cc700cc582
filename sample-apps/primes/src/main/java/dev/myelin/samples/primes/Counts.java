package dev.myelin.samples.primes;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/// The counts begun lately, in this process.
///
/// Keeps the 100 youngest; an older one goes on, but nobody can ask for it any more. They share one
/// bound of 16 calls in flight, so that ten counts at once take longer and do no harm. Safe for use
/// by several threads.
@Component
final class Counts implements DisposableBean {

  private static final int CALLS_IN_FLIGHT = 16;
  private static final int KEPT = 100;

  private final PrimeCounter counter;
  private final BoundedCalls calls = new BoundedCalls(CALLS_IN_FLIGHT);
  private final BoundedCalls runs = new BoundedCalls(KEPT);
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final Map<String, Count> byJob = new LinkedHashMap<>();

  Counts(PrimeCounter counter) {
    this.counter = counter;
  }

  /// Begins to count, and returns at once.
  ///
  /// @param below the number below which primes are counted
  /// @return the count that has begun
  Count begin(long below) throws InterruptedException {
    var job = UUID.randomUUID().toString();
    var count = new Count(job, below);
    synchronized (lock) {
      byJob.put(job, count);
      if (byJob.size() > KEPT) {
        byJob.remove(byJob.keySet().iterator().next());
      }
    }
    var _ =
        runs.start(() -> {
          count.run(counter, calls);
          return job;
        });
    return count;
  }

  /// Finds a count by its id.
  Optional<Count> find(String job) {
    synchronized (lock) {
      return Optional.ofNullable(byJob.get(job));
    }
  }

  @Override
  public void destroy() {
    runs.close();
    calls.close();
  }
}
