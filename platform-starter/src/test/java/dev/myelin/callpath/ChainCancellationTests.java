package dev.myelin.callpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myelin.CallException;
import dev.myelin.Deadline;
import dev.myelin.Status;
import dev.myelin.callpath.Chain.First;
import dev.myelin.callpath.Chain.Leaf;
import dev.myelin.transport.TransportSecurity;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of the work at the bottom of five hops when its caller no longer waits (goal F4).
class ChainCancellationTests {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final CallPathScene scene = new CallPathScene(security());
  private final AtomicBoolean asleep = new AtomicBoolean();
  private final CountDownLatch reached = new CountDownLatch(1);
  private final Semaphore interruptions = new Semaphore(0);
  private final AtomicReference<Duration> left = new AtomicReference<>();

  TransportSecurity security() {
    return TransportSecurity.none();
  }

  @BeforeEach
  void serve() throws IOException {
    scene.serve(Leaf.class, () -> asleep.get() ? sleep() : "awake");
    Chain.serve(scene);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private String sleep() {
    left.set(Deadline.current().orElseThrow().remaining());
    reached.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      interruptions.release();
      Thread.currentThread().interrupt();
    }
    return "too late";
  }

  @Test
  void deadlineOfTheFirstCallHoldsAtTheLastAndEndsItsWork() throws Exception {
    var first = Chain.standIn(scene, First.class);
    // connections are made and codecs compiled before the time that counts
    assertThat(first.next()).isEqualTo("awake");
    asleep.set(true);

    assertThatThrownBy(() -> Deadline.after(TIMEOUT).during(first::next))
        .isInstanceOf(CallException.class)
        .satisfies(
            e -> assertThat(((CallException) e).status()).isEqualTo(Status.DEADLINE_EXCEEDED));
    assertThat(left.get()).isPositive().isLessThan(TIMEOUT);
    assertThat(interruptions.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void interruptOfTheFirstCallerEndsTheWorkOfTheLast() throws Exception {
    asleep.set(true);
    var first = Chain.standIn(scene, First.class);
    var caller =
        Thread.startVirtualThread(
            () -> assertThatThrownBy(first::next).isInstanceOf(CallException.class));
    assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();

    caller.interrupt();

    assertThat(interruptions.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    assertThat(caller.join(Duration.ofSeconds(10))).isTrue();
  }
}
