package dev.myelin.callpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Microservice;
import dev.myelin.Status;
import dev.myelin.callpath.Ledger.Book;
import dev.myelin.callpath.Ledger.Once;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.server.DrainTally.Drained;
import dev.myelin.transport.Connection;
import dev.myelin.transport.FrameListener;
import dev.myelin.transport.Transport;
import dev.myelin.wire.DrainReport.Callers;
import dev.myelin.wire.DrainReport.Calls;
import dev.myelin.wire.Frame;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Instances that leave while they are called.
@Timeout(120)
final class DrainTests {

  private static final int DRAINS = 200;
  private static final int CALLERS = 6;
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String ONCE = "once";

  private final CallPathScene scene = new CallPathScene();
  private final Book book = new Book();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final AtomicLong ids = new AtomicLong();
  private final AtomicBoolean over = new AtomicBoolean();

  @AfterEach
  void close() {
    scene.close();
  }

  private LoneInstance join(String id) throws Exception {
    var instance = LoneInstance.open(id, Once.class, book);
    scene.join(ONCE, instance.id(), instance.endpoint());
    return instance;
  }

  private void call(Once ledger, int caller) {
    while (!over.get()) {
      long id = ids.incrementAndGet();
      try {
        if (caller % 2 == 0) {
          ledger.small(id);
        } else {
          ledger.smallLater(id).get(30, TimeUnit.SECONDS);
        }
      } catch (Throwable e) {
        failures.add(e);
        return;
      }
    }
  }

  /// Callers learn of an instance's leave by nothing but what it says on their connections.
  @Test
  void noCallFailsOrRunsTwiceWhileInstancesDrainAndEndAllTheTime() throws Exception {
    var serving = new ArrayDeque<LoneInstance>();
    for (int i = 0; i < 2; i++) {
      serving.add(join("once-" + i));
    }
    var ledger = (Once) scene.caller().standIn(ServiceContracts.of(Once.class));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CALLERS; i++) {
        int caller = i;
        threads.execute(() -> call(ledger, caller));
      }
      for (int i = 2; i < DRAINS + 2 && failures.isEmpty(); i++) {
        serving.add(join("once-" + i));
        var leaving = serving.remove();
        assertThat(leaving.server().drain(LIMIT)).isTrue();
        assertThat(leaving.server().drained().calls().cut()).isZero();
        leaving.close();
        scene.leave(ONCE, leaving.id());
      }
      over.set(true);
    }

    assertThat(failures).isEmpty();
    assertThat(ids.get()).isGreaterThan(DRAINS);
    for (long id = 1; id <= ids.get(); id++) {
      assertThat(book.executions(id)).isEqualTo(1);
    }
    serving.forEach(LoneInstance::close);
  }

  @Test
  void callerAcknowledgesADrainWhenItsLastCallHasEnded() throws Exception {
    var said = new LinkedBlockingQueue<Frame>();
    var connections = new LinkedBlockingQueue<Connection>();
    scene.serve(
        Once.class,
        book,
        (connection, frame) -> {
          connections.add(connection);
          if (frame instanceof Frame.Drain) {
            said.add(frame);
          }
          return false;
        });
    var ledger = (Once) scene.caller().standIn(ServiceContracts.of(Once.class));
    var answer = new CompletableFuture<Long>();
    Thread.startVirtualThread(() -> {
      try {
        answer.complete(ledger.gated(1));
      } catch (Exception e) {
        answer.completeExceptionally(e);
      }
    });
    assertThat(book.entered.await(10, TimeUnit.SECONDS)).isTrue();
    connections.take().send(new Frame.Drain());
    assertThat(said.poll(100, TimeUnit.MILLISECONDS)).isNull();

    book.gate.countDown();

    assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(said.poll(10, TimeUnit.SECONDS)).isEqualTo(new Frame.Drain());
  }

  @Test
  void drainDoesNotWaitForEverForACallerThatDoesNotAnswer() throws Exception {
    try (var instance = LoneInstance.open("once-0", Once.class, book)) {
      var told = new CountDownLatch(1);
      instance
          .transport()
          .connect(
              instance.endpoint(),
              CallPathScene.hello("mute", List.of()),
              new Mute(told),
              Transport.Patience.of(LIMIT));

      assertThat(instance.server().drain(LIMIT)).isTrue();
      assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void instanceThatHasDrainedGreetsNobodySoThatNoCallIsSentToIt() throws Exception {
    try (var instance = LoneInstance.open("once-0", Once.class, book)) {
      assertThat(instance.server().drain(LIMIT)).isTrue();

      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() ->
              instance
                  .transport()
                  .connect(
                      instance.endpoint(),
                      CallPathScene.hello("late", List.of()),
                      new Mute(new CountDownLatch(1)),
                      Transport.Patience.of(LIMIT)))
          .withMessageContaining("No hello from");
    }
  }

  @Test
  void drainWaitsForACallHoweverLongItTakesWithinTheLimit() throws Exception {
    try (var leaving = join("once-0");
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var ledger = CutLane.caller(scene, Once.class);
      var call = threads.submit(() -> ledger.gated(1));
      assertThat(book.entered.await(10, TimeUnit.SECONDS)).isTrue();
      var drained = new CompletableFuture<Boolean>();
      var draining =
          Thread.startVirtualThread(() -> {
            try {
              drained.complete(leaving.server().drain(LIMIT));
            } catch (InterruptedException e) {
              drained.completeExceptionally(e);
            }
          });
      while (draining.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      assertThatExceptionOfType(TimeoutException.class)
          .isThrownBy(() -> drained.get(400, TimeUnit.MILLISECONDS));

      book.gate.countDown();

      assertThat(call.get(10, TimeUnit.SECONDS)).isEqualTo(1);
      assertThat(drained.get(10, TimeUnit.SECONDS)).isTrue();
      assertThat(leaving.server().drained())
          .isEqualTo(new Drained(new Calls(1, 0, 0), new Callers(1, 1)));
    }
  }

  private record Mute(CountDownLatch told) implements FrameListener {

    @Override
    public void received(Connection connection, Frame frame) {
      if (frame instanceof Frame.Drain) {
        told.countDown();
      }
    }

    @Override
    public void closed(Connection connection, String reason) {}
  }

  /// Takes one call at a time.
  @Microservice(name = "narrow", concurrency = 1, timeout = "20s")
  public interface Narrow {
    long pass(long id) throws InterruptedException;
  }

  @Test
  void callsThatOutliveTheDrainAreToldSoAndThoseThatHadNotBegunGoElsewhere() throws Exception {
    var entered = new CountDownLatch(1);
    var begun = new ConcurrentLinkedQueue<Long>();
    try (var leaving =
        LoneInstance.<Narrow>open(
            "narrow-0",
            Narrow.class,
            id -> {
              begun.add(id);
              entered.countDown();
              new CountDownLatch(1).await();
              return id;
            })) {
      scene.join("narrow", leaving.id(), leaving.endpoint());
      var narrow = CutLane.caller(scene, Narrow.class);
      var outcomes = new ArrayList<CompletableFuture<Object>>();
      outcomes.add(outcome(narrow, 1));
      assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
      outcomes.add(outcome(narrow, 2));
      while (leaving.server().inFlight() < 2) {
        Thread.onSpinWait();
      }
      scene.serve(Narrow.class, id -> -id);

      assertThat(leaving.server().drain(Duration.ofMillis(100))).isFalse();

      assertThat(outcomes.get(0).get(10, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              CallException.class,
              e -> {
                assertThat(e.status()).isEqualTo(Status.UNAVAILABLE);
                assertThat(e.execution()).isEqualTo(Execution.MAY_HAVE_RUN);
                assertThat(e).hasMessageContaining("no more time");
              });
      assertThat(outcomes.get(1).get(10, TimeUnit.SECONDS)).isEqualTo(-2L);
      assertThat(begun).containsExactly(1L);
      assertThat(leaving.server().drained().calls()).isEqualTo(new Calls(0, 1, 1));
    }
  }

  private static CompletableFuture<Object> outcome(Narrow narrow, long id) {
    var outcome = new CompletableFuture<Object>();
    Thread.startVirtualThread(() -> {
      var thrown = catchThrowable(() -> outcome.complete(narrow.pass(id)));
      if (thrown != null) {
        outcome.complete(thrown);
      }
    });
    return outcome;
  }
}
