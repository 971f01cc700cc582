package dev.myelin.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myelin.Deadline;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SweeperTests {

  private static final Duration SHORT = Duration.ofMillis(20);
  private static final Duration LONG = Duration.ofHours(1);

  private final Sweeper sweeper = new Sweeper();
  private final Set<Deadline> left = ConcurrentHashMap.newKeySet();
  private final AtomicInteger sweeps = new AtomicInteger();
  private final Sweeper.Watch watch = sweeper.watch(this::sweep);

  @AfterEach
  void close() {
    sweeper.close();
  }

  private @Nullable Deadline sweep() {
    sweeps.incrementAndGet();
    left.removeIf(Deadline::expired);
    return left.stream().min(Deadline::compareTo).orElse(null);
  }

  private void call(Duration timeout) {
    var deadline = Deadline.after(timeout);
    left.add(deadline);
    watch.expect(deadline);
  }

  /// The thread has looked at every watch a few times since.
  private void awaitLooks() throws InterruptedException {
    var looks = new CountDownLatch(5);
    var other =
        sweeper.watch(() -> {
          looks.countDown();
          return Deadline.after(Duration.ZERO);
        });
    other.expect(Deadline.after(Duration.ZERO));
    looks.await();
  }

  @Test
  void nothingIsSweptBeforeADeadlinePasses() throws Exception {
    watch.expect(null);
    call(LONG);

    awaitLooks();

    assertThat(sweeps).hasValue(0);
    assertThat(left).hasSize(1);
  }

  @Test
  void eachDeadlineIsNoticedInWhateverOrderTheyCome() {
    call(LONG);
    call(SHORT.multipliedBy(3));
    call(SHORT);
    call(SHORT.multipliedBy(2));

    await().until(() -> left.size() == 1);
    assertThat(sweeps.get()).isBetween(1, 3);
  }

  @Test
  void whatIsNotOverIsSweptAgain() {
    var overdue = Deadline.after(Duration.ZERO);
    var asked = new AtomicInteger();
    sweeper.watch(() -> asked.incrementAndGet() < 5 ? overdue : null).expect(overdue);

    await().untilAsserted(() -> assertThat(asked).hasValue(5));
  }

  @Test
  void sweepThatFailsIsTriedAgainAndStopsNoOther() {
    var failing = new AtomicInteger();
    sweeper
        .watch(() -> {
          if (failing.incrementAndGet() < 3) {
            throw new IllegalStateException("defect of a sweep");
          }
          return null;
        })
        .expect(Deadline.after(Duration.ZERO));
    call(SHORT);

    await().until(left::isEmpty);
    await().untilAsserted(() -> assertThat(failing).hasValue(3));
  }

  @Test
  void deadlineThatComesWhileASweepRunsIsNotForgotten() {
    var late = new AtomicInteger();
    var holder = new Sweeper.Watch[1];
    holder[0] =
        sweeper.watch(() -> {
          if (late.incrementAndGet() == 1) {
            holder[0].expect(Deadline.after(SHORT));
          }
          return null;
        });

    holder[0].expect(Deadline.after(Duration.ZERO));

    await().untilAsserted(() -> assertThat(late).hasValue(2));
  }
}
