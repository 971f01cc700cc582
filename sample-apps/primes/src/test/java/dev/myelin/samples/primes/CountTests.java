package dev.myelin.samples.primes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountTests {

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 9_999, 10_000, 30_001, 100_000_000, 1_000_000_000})
  void chunksCoverTheRangeWithoutGap(long below) {
    var chunks = Count.chunksBelow(below);

    var next = 0L;
    for (var chunk : chunks) {
      assertThat(chunk.from()).isEqualTo(next);
      next = chunk.to();
    }
    assertThat(next).isEqualTo(below);
  }

  @Test
  void chunksOfLargeRangeAreAFewHundred() {
    assertThat(Count.chunksBelow(100_000_000)).hasSize(400);
    assertThat(Count.chunksBelow(20_000)).hasSize(2);
    assertThat(Count.chunksBelow(5)).hasSize(1);
  }

  @Test
  void progressBeforeRunIsZero() {
    var progress = new Count("a", 1_000_000).progress();

    assertThat(progress)
        .isEqualTo(new Count.Progress("a", 1_000_000, 0, 100, 0, false, false, null));
  }

  @Test
  void runAddsUpAllChunks() {
    var count = new Count("a", 1_000_000);

    runToEnd(count, new PrimeCounter());

    assertThat(count.progress())
        .isEqualTo(new Count.Progress("a", 1_000_000, 100, 100, 78_498, true, false, null));
  }

  @Test
  void runWhenChunkFailsEndsWithTheReason() {
    var count = new Count("a", 1_000_000);
    var refuses =
        new PrimeCounter() {
          @Override
          public long count(long from, long to) {
            if (from == 20_000) {
              throw new IllegalStateException("no primes today");
            }
            return super.count(from, to);
          }
        };

    runToEnd(count, refuses);

    var progress = count.progress();
    assertThat(progress.done()).isTrue();
    assertThat(progress.failed()).isTrue();
    assertThat(progress.chunksDone()).isEqualTo(2);
    assertThat(progress.error())
        .isEqualTo("[20000, 30000): java.lang.IllegalStateException: no primes today");
  }

  @Test
  void runKeepsAsManyCallsInFlightAsTheBoundAllows() {
    var inFlight = new AtomicInteger();
    var most = new AtomicInteger();
    var others = new CyclicBarrier(3);
    var watched =
        new PrimeCounter() {
          @Override
          public long count(long from, long to) {
            most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
            // returns only while two others are in flight
            meet(others);
            inFlight.decrementAndGet();
            return 1;
          }
        };
    var count = new Count("a", 990_000);

    try (var calls = new BoundedCalls(3)) {
      count.run(watched, calls);
    }

    assertThat(most.get()).isEqualTo(3);
    assertThat(count.progress().primes()).isEqualTo(99);
  }

  @Test
  void runWhenClosedEndsAsFailed() {
    var count = new Count("a", 1_000_000);
    var calls = new BoundedCalls(1);
    calls.close();

    count.run(new PrimeCounter(), calls);

    assertThat(count.progress().failed()).isTrue();
    assertThat(count.progress().error()).startsWith("stopped before the end: ");
  }

  private static void meet(CyclicBarrier others) {
    try {
      others.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException alone) {
      throw new IllegalStateException("fewer calls in flight than allowed", alone);
    }
  }

  private static void runToEnd(Count count, PrimeCounter counter) {
    try (var calls = new BoundedCalls(1)) {
      count.run(counter, calls);
    }
  }
}
