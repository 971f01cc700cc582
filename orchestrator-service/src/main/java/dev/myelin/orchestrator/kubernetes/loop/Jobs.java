package dev.myelin.orchestrator.kubernetes.loop;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.myelin.orchestrator.kubernetes.apply.WriteFailed;
import dev.myelin.orchestrator.time.Time;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs what writes to the API: one job at a time for each key, so many at a time in all, and after
/// a failure not again for a while that doubles. Thread-safe; never blocks its caller.
///
/// While the API does not answer or refuses for now, whatever is written, all of them wait: one at
/// a time is tried, and what the API says about when is heeded. Its first answer lets the others
/// go.
final class Jobs {

  private static final Logger log = LoggerFactory.getLogger(Jobs.class);
  private static final int AT_A_TIME = 16;

  private final Executor executor;
  private final Time time;
  private final Runnable done;
  private final Semaphore permits = new Semaphore(AT_A_TIME);

  @GuardedBy("this")
  private final Map<String, Progress> running = new HashMap<>();

  @GuardedBy("this")
  private final Outage outage;

  private static final class Progress {
    boolean busy;
    int failures;
    int overtaken;
    long notBefore;
  }

  /// Creates it.
  ///
  /// @param executor runs what may block
  /// @param time for waits
  /// @param done called after each job
  Jobs(Executor executor, Time time, Runnable done) {
    this.executor = executor;
    this.time = time;
    this.done = done;
    this.outage = new Outage(time);
  }

  /// Whether a job of that key would begin now.
  synchronized boolean ready(String key) {
    var its = running.get(key);
    return outage.mayTry() && (its == null || (!its.busy && time.nanos() - its.notBefore >= 0));
  }

  /// Since when the API takes no writes, and why; empty while it does, as far as was tried.
  synchronized Optional<String> outage() {
    return outage.text();
  }

  /// Runs a job, if one of that key may begin now.
  ///
  /// @param key what it is about
  /// @param job writes; may throw [WriteFailed]
  /// @param result told the failure, or null after a success
  void run(String key, Runnable job, Consumer<@Nullable WriteFailed> result) {
    synchronized (this) {
      if (!ready(key)) {
        return;
      }
      running.computeIfAbsent(key, _ -> new Progress()).busy = true;
      outage.trying(key);
    }
    executor.execute(() -> {
      WriteFailed failure = null;
      permits.acquireUninterruptibly();
      try {
        job.run();
      } catch (WriteFailed e) {
        failure = e;
      } catch (RuntimeException e) {
        failure =
            new WriteFailed(WriteFailed.Why.FAILED, "Failed on '%s': %s".formatted(key, e), e);
      } finally {
        permits.release();
      }
      end(key, failure);
      result.accept(failure);
      done.run();
    });
  }

  private synchronized void end(String key, @Nullable WriteFailed failure) {
    outage.tried(key, failure);
    if (failure == null) {
      running.remove(key);
      return;
    }
    var its = running.computeIfAbsent(key, _ -> new Progress());
    its.busy = false;
    its.notBefore = time.nanos() + pause(key, its, failure).toNanos();
  }

  private static Duration pause(String key, Progress its, WriteFailed failure) {
    return switch (failure.why()) {
      case UNAVAILABLE -> Duration.ZERO; // that of all
      case OVERTAKEN -> {
        log.debug("Overtaken", failure);
        yield Pauses.OVERTAKEN.after(its.overtaken++);
      }
      case NAME_TAKEN, REFUSED, FAILED -> {
        if (its.failures++ == 0) {
          log.warn("A write about '{}' failed, trying again", key, failure);
        }
        yield Pauses.FAILED.after(its.failures - 1);
      }
    };
  }
}
