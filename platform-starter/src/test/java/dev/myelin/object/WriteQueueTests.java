package dev.myelin.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myelin.CallException;
import dev.myelin.Deadline;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.storage.ObjectKey;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who goes when: one behind the other, but nobody for ever behind one that waits itself.
final class WriteQueueTests {

  private static final ObjectKey ONE = new ObjectKey("counter", "1");
  private static final ObjectKey OTHER = new ObjectKey("counter", "2");
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final int CALLS = 50;

  private final WriteQueue queue = new WriteQueue();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  private static Attempts attempts(ObjectKey key, Duration left) {
    return new Attempts(key, "add", Deadline.after(left), 5);
  }

  private Future<String> call(ObjectKey key, Duration left, String result) {
    return threads.submit(() -> queue.inOrder(key, attempts(key, left), () -> result));
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void callsOfOneObjectRunOneAtATime() throws Exception {
    var running = new AtomicBoolean();
    var met = new AtomicInteger();
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CALLS; i++) {
        var _ =
            callers.submit(() ->
                queue.inOrder(
                    ONE,
                    attempts(ONE, LONG),
                    () -> {
                      if (!running.compareAndSet(false, true)) {
                        met.incrementAndGet();
                      }
                      Thread.sleep(1);
                      running.set(false);
                      return null;
                    }));
      }
    }

    assertThat(met).hasValue(0);
    assertThat(queue.objects()).isZero();
  }

  @Test
  void callsOfDifferentObjectsDoNotWaitForEachOther() throws Exception {
    var result =
        queue.inOrder(
            ONE, attempts(ONE, LONG), () -> call(OTHER, LONG, "run").get(10, TimeUnit.SECONDS));

    assertThat(result).isEqualTo("run");
    assertThat(queue.objects()).isZero();
  }

  @Test
  void nextCallGoesWhenTheOneBeforeCallsAnotherObject() throws Exception {
    var result =
        queue.inOrder(
            ONE,
            attempts(ONE, LONG),
            () -> {
              WriteQueue.letNextGo();
              return call(ONE, LONG, "next").get(10, TimeUnit.SECONDS);
            });

    assertThat(result).isEqualTo("next");
  }

  @Test
  void callThatLetTheNextGoDoesNotLetAThirdGo() throws Exception {
    var secondRuns = new CountDownLatch(1);
    var firstIsOver = new CountDownLatch(1);
    var thirdRan = new CompletableFuture<Boolean>();
    var _ =
        queue.inOrder(
            ONE,
            attempts(ONE, LONG),
            () -> {
              WriteQueue.letNextGo();
              var _ =
                  threads.submit(() ->
                      queue.inOrder(
                          ONE,
                          attempts(ONE, LONG),
                          () -> {
                            secondRuns.countDown();
                            await(firstIsOver);
                            var third = call(ONE, LONG, "third");
                            Thread.sleep(50);
                            return thirdRan.complete(third.isDone());
                          }));
              await(secondRuns);
              WriteQueue.letNextGo();
              return "first";
            });
    firstIsOver.countDown();

    assertThat(thirdRan.get(10, TimeUnit.SECONDS)).isFalse();
    assertThat(call(ONE, LONG, "fourth").get(10, TimeUnit.SECONDS)).isEqualTo("fourth");
  }

  @Test
  void callThatHasWaitedForHalfOfItsTimeGoesOn() throws Exception {
    var result =
        queue.inOrder(
            ONE,
            attempts(ONE, LONG),
            () -> call(ONE, Duration.ofMillis(200), "late").get(10, TimeUnit.SECONDS));

    assertThat(result).isEqualTo("late");
  }

  @Test
  void callThatIsCancelledWhileItWaitsLeavesTheQueue() throws Exception {
    var waiting = new CompletableFuture<Thread>();
    var failure =
        queue.inOrder(
            ONE,
            attempts(ONE, LONG),
            () -> {
              var called =
                  threads.submit(() -> {
                    waiting.complete(Thread.currentThread());
                    try {
                      return queue.inOrder(ONE, attempts(ONE, LONG), CallException.class::getName);
                    } catch (CallException e) {
                      return e;
                    }
                  });
              waiting.get(10, TimeUnit.SECONDS).interrupt();
              return called.get(10, TimeUnit.SECONDS);
            });

    assertThat(failure)
        .isInstanceOfSatisfying(
            CallException.class,
            e -> {
              assertThat(e.status()).isEqualTo(Status.CANCELLED);
              assertThat(e.execution()).isEqualTo(Execution.DID_NOT_RUN);
            });
    assertThat(call(ONE, LONG, "next").get(10, TimeUnit.SECONDS)).isEqualTo("next");
    assertThat(queue.objects()).isZero();
  }
}
