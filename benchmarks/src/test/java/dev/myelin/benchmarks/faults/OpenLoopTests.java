package dev.myelin.benchmarks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Status;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class OpenLoopTests {
  private static final Duration TIME = Duration.ofMillis(300);

  @Test
  void callsAreMadeThoughNoneIsAnsweredYet() throws Exception {
    var waiting = new CountDownLatch(20);

    var found =
        new OpenLoop(1_000, 1)
            .run(
                TIME,
                () -> {
                  waiting.countDown();
                  return waiting.await(30, TimeUnit.SECONDS);
                });

    assertThat(found.made()).isGreaterThanOrEqualTo(20);
    assertThat(found.answered().getTotalCount()).isEqualTo(found.made());
    assertThat(found.failures()).isEmpty();
  }

  @Test
  void timesCountFromWhenACallWasDueAndNotFromWhenItWasMade() throws Exception {
    // the generator itself is held up: by the condition that it asks before each call
    var asked = new AtomicInteger();
    var stall = Duration.ofMillis(200);

    var found =
        new OpenLoop(1_000, 1)
            .runUntil(
                () -> {
                  if (asked.incrementAndGet() == 10) {
                    long begin = System.nanoTime();
                    while (System.nanoTime() - begin < stall.toNanos()) {
                      Thread.onSpinWait();
                    }
                  }
                  return asked.get() > 100;
                },
                () -> "");

    assertThat(found.made()).isEqualTo(100);
    // dozens of calls were due during the stall; without their waiting the median would be tiny
    assertThat(found.answered().getValueAtPercentile(90)).isGreaterThan(stall.toNanos() / 4);
  }

  @Test
  void failuresAreCountedByTheirReason() throws Exception {
    var number = new AtomicInteger();

    var found =
        new OpenLoop(1_000, 1)
            .run(
                TIME,
                () -> {
                  if (number.incrementAndGet() % 2 == 0) {
                    throw new CallException(Status.UNAVAILABLE, Execution.DID_NOT_RUN, "no");
                  }
                  throw new IllegalStateException("broken");
                });

    assertThat(found.failures()).containsOnlyKeys("UNAVAILABLE", "IllegalStateException");
    assertThat(found.failures().values().stream().mapToLong(count -> count).sum())
        .isEqualTo(found.made())
        .isEqualTo(found.failed().getTotalCount());
  }
}
