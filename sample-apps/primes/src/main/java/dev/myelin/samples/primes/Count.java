package dev.myelin.samples.primes;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// The primes below a number, counted in chunks.
///
/// Safe for use by several threads: one [runs][#run(PrimeCounter, BoundedCalls)] it, any may ask
/// for its [progress][#progress()]. The first chunk that fails ends the count: no further chunk is
/// started, those in flight are left to end by themselves, and no longer counted.
final class Count {

  /// How far a count has come.
  ///
  /// @param job its id
  /// @param below the number below which primes are counted
  /// @param chunksDone chunks whose primes are in the sum
  /// @param chunks chunks in all
  /// @param primes sum of the chunks done
  /// @param done whether nothing more will change
  /// @param failed whether it ended without the answer
  /// @param error what went wrong, if it failed
  record Progress(
      String job,
      long below,
      int chunksDone,
      int chunks,
      long primes,
      boolean done,
      boolean failed,
      @Nullable String error) {}

  /// The numbers in `[from, to)`.
  record Chunk(long from, long to) {}

  private static final int MOST_CHUNKS = 400;
  private static final long SMALLEST_CHUNK = 10_000;

  private final String job;
  private final long below;
  private final List<Chunk> chunks;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private int chunksDone;

  @GuardedBy("lock")
  private long primes;

  @GuardedBy("lock")
  private @Nullable String error;

  /// Creates one that has not begun.
  ///
  /// @param job its id
  /// @param below the number below which primes are counted
  Count(String job, long below) {
    this.job = job;
    this.below = below;
    this.chunks = chunksBelow(below);
  }

  /// Splits the numbers below the given one into chunks of about the same size: 400 of them, or
  /// fewer where a chunk would have less than 10,000 numbers. The last ones cost the most.
  static List<Chunk> chunksBelow(long below) {
    var count = Math.clamp(below / SMALLEST_CHUNK, 1, MOST_CHUNKS);
    var chunks = new ArrayList<Chunk>(count);
    for (var i = 0L; i < count; i++) {
      chunks.add(new Chunk(below * i / count, below * (i + 1) / count));
    }
    return List.copyOf(chunks);
  }

  /// Counts every chunk by a call of the service, and returns when the count is done.
  ///
  /// @param counter the service
  /// @param calls bounds the calls in flight
  void run(PrimeCounter counter, BoundedCalls calls) {
    var started = new ArrayList<Future<?>>();
    try {
      for (var chunk : chunks) {
        if (progress().failed()) {
          return;
        }
        started.add(calls.start(() -> countChunk(counter, chunk)));
      }
      for (var call : started) {
        call.get();
      }
    } catch (InterruptedException | ExecutionException | RejectedExecutionException stopped) {
      fail("stopped before the end: " + stopped);
    }
  }

  private @Nullable Void countChunk(PrimeCounter counter, Chunk chunk) {
    try {
      var found = counter.count(chunk.from(), chunk.to());
      synchronized (lock) {
        if (error == null) {
          primes += found;
          chunksDone++;
        }
      }
    } catch (RuntimeException | Error failure) {
      fail("[%d, %d): %s".formatted(chunk.from(), chunk.to(), failure));
    }
    return null;
  }

  private void fail(String reason) {
    synchronized (lock) {
      if (error == null) {
        error = reason;
      }
    }
  }

  /// How far it has come.
  Progress progress() {
    synchronized (lock) {
      var failed = error != null;
      var done = failed || chunksDone == chunks.size();
      return new Progress(job, below, chunksDone, chunks.size(), primes, done, failed, error);
    }
  }
}
