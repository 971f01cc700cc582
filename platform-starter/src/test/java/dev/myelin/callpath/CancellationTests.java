package dev.myelin.callpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.myelin.CallException;
import dev.myelin.Microservice;
import dev.myelin.Operation;
import dev.myelin.Status;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.server.CallServer;
import dev.myelin.wire.Frame;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Calls whose caller no longer waits, wherever they are at the time: the work behind them ends,
/// and their place is free again.
@Timeout(60)
final class CancellationTests {

  private final CallPathScene scene = new CallPathScene();
  private final PoolBean bean = new PoolBean();
  private final CountDownLatch cancels = new CountDownLatch(1);
  private CallServer server;
  private Pool pool;

  /// Takes one call at a time.
  @Microservice(name = "pool", concurrency = 1, timeout = "20s")
  public interface Pool {
    long occupy() throws InterruptedException;

    CompletableFuture<Long> count();

    CompletableFuture<Long> never();

    @Operation(timeout = "1s")
    CompletableFuture<Long> late();

    CompletableFuture<Long> stubborn();

    Flow.Publisher<Long> stream();
  }

  private static final class PoolBean implements Pool {
    final CountDownLatch occupied = new CountDownLatch(1);
    final CountDownLatch gate = new CountDownLatch(1);
    final AtomicInteger counted = new AtomicInteger();
    final LinkedBlockingQueue<CompletableFuture<Long>> pending = new LinkedBlockingQueue<>();
    final AtomicInteger streams = new AtomicInteger();
    final AtomicBoolean streamCancelled = new AtomicBoolean();

    @Override
    public long occupy() throws InterruptedException {
      occupied.countDown();
      gate.await();
      return 1;
    }

    @Override
    public CompletableFuture<Long> count() {
      return CompletableFuture.completedFuture((long) counted.incrementAndGet());
    }

    @Override
    public CompletableFuture<Long> never() {
      var future = new CompletableFuture<Long>();
      pending.add(future);
      return future;
    }

    @Override
    public CompletableFuture<Long> late() {
      return never();
    }

    @Override
    public CompletableFuture<Long> stubborn() {
      var future =
          new CompletableFuture<Long>() {
            @Override
            public boolean cancel(boolean mayInterrupt) {
              throw new UnsupportedOperationException("not this one");
            }
          };
      pending.add(future);
      return future;
    }

    @Override
    public Flow.Publisher<Long> stream() {
      streams.incrementAndGet();
      return subscriber ->
          subscriber.onSubscribe(
              new Flow.Subscription() {
                @Override
                public void request(long items) {}

                @Override
                public void cancel() {
                  streamCancelled.set(true);
                }
              });
    }
  }

  @BeforeEach
  void serve() throws IOException {
    server =
        scene.serve(
            Pool.class,
            bean,
            (_, frame) -> {
              if (frame instanceof Frame.Cancel) {
                cancels.countDown();
              }
              return false;
            });
    pool = (Pool) scene.caller().standIn(ServiceContracts.of(Pool.class));
  }

  @AfterEach
  void close() {
    bean.gate.countDown();
    scene.close();
  }

  private CompletableFuture<Long> occupied() throws InterruptedException {
    var answer = new CompletableFuture<Long>();
    Thread.startVirtualThread(() -> {
      try {
        answer.complete(pool.occupy());
      } catch (Exception e) {
        answer.completeExceptionally(e);
      }
    });
    assertThat(bean.occupied.await(10, TimeUnit.SECONDS)).isTrue();
    return answer;
  }

  private void awaitInFlight(int calls) {
    await().untilAsserted(() -> assertThat(server.inFlight()).isEqualTo(calls));
  }

  @Test
  void callThatIsCancelledWhileItWaitsForAPermitLeavesTheQueueAndNeverRuns() throws Exception {
    var first = occupied();
    var waiting = pool.count();
    awaitInFlight(2);

    assertThat(waiting.cancel(true)).isTrue();

    awaitInFlight(1);
    bean.gate.countDown();
    assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(pool.count().get(10, TimeUnit.SECONDS)).isEqualTo(1);
  }

  @Test
  void manyCallsCancelledAtOnceAllLeaveTheQueue() throws Exception {
    var first = occupied();
    for (int i = 0; i < 100; i++) {
      assertThat(pool.count().cancel(true)).isTrue();
    }

    awaitInFlight(1);
    bean.gate.countDown();
    assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(1);
  }

  @Test
  void callerInterruptedWhileItsCallWaitsForAPermitTakesItAlong() throws Exception {
    var first = occupied();
    var outcome = new CompletableFuture<Throwable>();
    var caller =
        Thread.startVirtualThread(() -> {
          try {
            var _ = pool.occupy();
            outcome.complete(new AssertionError("answered"));
          } catch (Throwable e) {
            outcome.complete(e);
          }
        });
    awaitInFlight(2);

    caller.interrupt();

    assertThat(outcome.get(10, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            CallException.class, e -> assertThat(e.status()).isEqualTo(Status.CANCELLED));
    awaitInFlight(1);
    bean.gate.countDown();
    assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(1);
  }

  @Test
  void futureOfTheOperationIsCancelledWithThatOfTheCaller() throws Exception {
    var asked = pool.never();
    var behind = bean.pending.poll(10, TimeUnit.SECONDS);
    assertThat(behind).isNotNull();

    assertThat(asked.cancel(true)).isTrue();

    await().until(behind::isCancelled);
    awaitInFlight(0);
  }

  @Test
  void futureOfTheOperationIsCancelledAtTheDeadlineAndItsPermitIsFree() throws Exception {
    // what it takes to connect is not of the time that the calls have
    assertThat(pool.count().get(10, TimeUnit.SECONDS)).isEqualTo(1);
    for (int i = 0; i < 3; i++) {
      var late = pool.late();
      var behind = bean.pending.poll(10, TimeUnit.SECONDS);

      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> late.get(10, TimeUnit.SECONDS))
          .withCauseInstanceOf(CallException.class);
      assertThat(behind).isNotNull();
      await().until(behind::isCancelled);
    }
    awaitInFlight(0);
  }

  @Test
  void permitIsFreeThoughTheFutureOfTheOperationCannotBeCancelled() throws Exception {
    var asked = pool.stubborn();
    var behind = bean.pending.poll(10, TimeUnit.SECONDS);
    assertThat(behind).isNotNull();

    assertThat(asked.cancel(true)).isTrue();

    awaitInFlight(0);
    assertThat(pool.count().get(10, TimeUnit.SECONDS)).isEqualTo(1);
    // the answer is out before its call gives back its place
    awaitInFlight(0);
    // what comes of it after all is nobody's
    assertThat(behind.complete(1L)).isTrue();
    assertThat(server.inFlight()).isZero();
  }

  @Test
  void streamThatIsCancelledBeforeItIsOpenIsNotAskedFor() throws Exception {
    pool.stream()
        .subscribe(
            new Flow.Subscriber<>() {
              @Override
              public void onSubscribe(Flow.Subscription subscription) {
                subscription.cancel();
              }

              @Override
              public void onNext(Long item) {}

              @Override
              public void onError(Throwable failure) {}

              @Override
              public void onComplete() {}
            });

    assertThat(pool.count().get(10, TimeUnit.SECONDS)).isEqualTo(1);
    awaitInFlight(0);
    assertThat(bean.streams).hasValue(0);
  }

  @Test
  void streamThatIsCancelledLaterEndsAtTheInstance() throws Exception {
    var subscribed = new LinkedBlockingQueue<Flow.Subscription>();
    pool.stream()
        .subscribe(
            new Flow.Subscriber<>() {
              @Override
              public void onSubscribe(Flow.Subscription subscription) {
                subscribed.add(subscription);
              }

              @Override
              public void onNext(Long item) {}

              @Override
              public void onError(Throwable failure) {}

              @Override
              public void onComplete() {}
            });
    // a call that has not begun would not begin any more
    await().until(() -> bean.streams.get() == 1);

    subscribed.take().cancel();

    await().untilTrue(bean.streamCancelled);
    awaitInFlight(0);
  }
}
