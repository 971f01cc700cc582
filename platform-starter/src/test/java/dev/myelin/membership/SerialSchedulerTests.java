package dev.myelin.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SerialSchedulerTests {

  private final SerialScheduler scheduler = SerialScheduler.onThread("test-thread");

  @AfterEach
  void close() {
    scheduler.close();
  }

  @Test
  void tasksRunInOrderOnOneDaemonPlatformThread() throws Exception {
    var numbers = new CopyOnWriteArrayList<Integer>();
    var thread = new CompletableFuture<Thread>();

    IntStream.range(0, 1000).forEach(number -> scheduler.execute(() -> numbers.add(number)));
    scheduler.execute(() -> thread.complete(Thread.currentThread()));

    var ran = thread.get(30, TimeUnit.SECONDS);
    assertThat(numbers).containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
    assertThat(ran.getName()).isEqualTo("test-thread");
    assertThat(ran.isDaemon()).isTrue();
    assertThat(ran.isVirtual()).isFalse();
  }

  @Test
  void taskThatThrowsDoesNotHoldUpTheNext() throws Exception {
    var next = new CountDownLatch(1);

    scheduler.execute(() -> {
      throw new IllegalStateException("expected by the test");
    });
    scheduler.execute(next::countDown);

    assertThat(next.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void cancelledTaskDoesNotRun() throws Exception {
    var ran = new CopyOnWriteArrayList<String>();
    var cancelled = new CompletableFuture<Void>();
    var end = new CountDownLatch(1);

    scheduler.execute(cancelled::join);
    scheduler.schedule(Duration.ofMillis(20), () -> ran.add("cancelled")).cancel();
    scheduler.schedule(Duration.ofMillis(40), end::countDown);
    cancelled.complete(null);

    assertThat(end.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(ran).isEmpty();
  }

  @Test
  void closedSchedulerDropsTasks() {
    var ran = new CopyOnWriteArrayList<String>();
    scheduler.close();

    scheduler.execute(() -> ran.add("executed"));
    scheduler.schedule(Duration.ZERO, () -> ran.add("scheduled")).cancel();

    assertThat(ran).isEmpty();
  }

  @Test
  void repetitionKeepsItsRateAndSkipsWhatItMissed() {
    var virtual = new VirtualScheduler();
    var runs = new CopyOnWriteArrayList<Long>();
    long begin = virtual.nanoTime();
    var repetition =
        virtual.repeat(
            Duration.ofSeconds(1),
            () -> runs.add(Duration.ofNanos(virtual.nanoTime() - begin).toMillis()));

    virtual.advance(Duration.ofMillis(2100));
    virtual.pause(Duration.ofMillis(3300));
    virtual.advance(Duration.ofSeconds(1));
    repetition.cancel();
    virtual.advance(Duration.ofSeconds(5));

    assertThat(runs).isEqualTo(List.of(0L, 1000L, 2000L, 5400L, 6000L));
  }

  @Test
  void repetitionSurvivesARunThatThrows() {
    var virtual = new VirtualScheduler();
    virtual.repeat(
        Duration.ofSeconds(1),
        () -> {
          throw new IllegalStateException("expected by the test");
        });

    virtual.advance(Duration.ofSeconds(2));

    assertThat(virtual.failures()).hasSize(3);
  }

  @Test
  void repetitionNeedsAnInterval() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> scheduler.repeat(Duration.ZERO, () -> {}))
        .withMessage("Interval is PT0S but must be more than 0");
  }

  @Test
  void backoffDoublesWithinItsJitterUpToItsLimit() {
    var backoff = new Backoff(new Random(7));
    for (long full : new long[] {100, 200, 400, 800, 1600, 2000, 2000}) {
      assertThat(backoff.next()).isBetween(Duration.ofMillis(full / 2), Duration.ofMillis(full));
    }

    backoff.reset();

    assertThat(backoff.next()).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
  }
}
