package dev.myelin.callpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.myelin.CallException;
import dev.myelin.Deadline;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.callpath.Ledger.Again;
import dev.myelin.callpath.Ledger.Book;
import dev.myelin.callpath.Ledger.Once;
import dev.myelin.faults.Direction;
import dev.myelin.faults.Door;
import dev.myelin.faults.Ending;
import dev.myelin.faults.Faults;
import dev.myelin.transport.Connection;
import dev.myelin.wire.Frame;
import dev.myelin.wire.Payload;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the error says of a call whose connection is cut, stalled or refused.
@Timeout(60)
final class CutErrorTests {

  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONGER = Duration.ofSeconds(2);

  private final CallPathScene scene = new CallPathScene();
  private final Book book = new Book();

  @AfterEach
  void close() {
    scene.close();
  }

  private static CallException failure(Ledger ledger, long id, Duration timeout) {
    var thrown = catchThrowable(() -> Deadline.after(timeout).during(() -> ledger.small(id)));
    assertThat(thrown).isInstanceOf(CallException.class);
    return (CallException) thrown;
  }

  @Test
  void errorOfTheLastAttemptDoesNotHideThatAnEarlierOneMayHaveRun() throws Exception {
    try (var proxy = scene.serveBehindProxy(Again.class, book, 1)) {
      var ledger = CutLane.caller(scene, Again.class);
      ledger.small(1);
      proxy.door(Door.REFUSE);
      proxy.cutAfter(Direction.TO_CLIENT, 0, Ending.FIN);

      var failure = failure(ledger, 2, LONGER);

      assertThat(book.executions(2)).isEqualTo(1);
      assertThat(failure.execution()).isEqualTo(Execution.MAY_HAVE_RUN);
      assertThat(failure).hasMessageContaining("an earlier attempt may have run");
    }
  }

  @Test
  void callThatWasNeverSentDidNotRun() throws Exception {
    try (var proxy = scene.serveBehindProxy(Once.class, book, 1)) {
      proxy.door(Door.SILENT);

      var failure = failure(CutLane.caller(scene, Once.class), 1, SHORT);

      assertThat(failure.execution()).isEqualTo(Execution.DID_NOT_RUN);
      assertThat(failure).hasMessageContaining("No hello from");
    }
  }

  @ParameterizedTest
  @EnumSource
  void callOnAStalledConnectionMayHaveRunAndEndsAtItsDeadline(Direction stalled) throws Exception {
    try (var proxy = scene.serveBehindProxy(Once.class, book, 1)) {
      var ledger = CutLane.caller(scene, Once.class);
      ledger.small(1);
      proxy.faults(stalled, Faults.NONE.withBlackhole(true));

      var failure = failure(ledger, 2, SHORT);

      assertThat(failure.status()).isEqualTo(Status.DEADLINE_EXCEEDED);
      assertThat(failure.execution()).isEqualTo(Execution.MAY_HAVE_RUN);
      assertThat(failure).hasMessageContaining("no reply before the deadline");
      proxy.faults(stalled, Faults.NONE);
      assertThat(ledger.small(3)).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void errorAtTheDeadlineSaysWhatTheAttemptsBeforeWereRefusedFor(boolean gone) throws Exception {
    var asked = new AtomicInteger();
    BiPredicate<Connection, Frame> refusingOnce =
        (connection, frame) -> {
          if (!(frame instanceof Frame.Call call)) {
            return false;
          }
          if (asked.incrementAndGet() == 1) {
            if (gone) {
              scene.remove("once");
            }
            connection.send(
                new Frame.Failure(
                    call.id(), Status.DRAINING, Execution.DID_NOT_RUN, "moving", Payload.EMPTY));
          }
          return true;
        };
    scene.serve(Once.class, book, refusingOnce);

    var failure = failure(CutLane.caller(scene, Once.class), 1, LONGER);

    assertThat(failure.status()).isEqualTo(Status.DEADLINE_EXCEEDED);
    assertThat(failure).hasMessageContaining("the attempt before: moving");
  }

  @Test
  void callInterruptedBetweenRefusalsDidNotRun() throws Exception {
    var refused = new CountDownLatch(3);
    BiPredicate<Connection, Frame> refusing =
        (connection, frame) -> {
          if (frame instanceof Frame.Call call) {
            if (refused.getCount() == 1) {
              // so that no attempt follows this one
              scene.remove("once");
            }
            connection.send(
                new Frame.Failure(
                    call.id(), Status.DRAINING, Execution.DID_NOT_RUN, "no", Payload.EMPTY));
            refused.countDown();
            return true;
          }
          return false;
        };
    scene.serve(Once.class, book, refusing);
    var ledger = CutLane.caller(scene, Once.class);
    var outcome = new CompletableFuture<Throwable>();
    var caller =
        Thread.startVirtualThread(() -> outcome.complete(catchThrowable(() -> ledger.small(1))));
    assertThat(refused.await(30, TimeUnit.SECONDS)).isTrue();
    // by now it waits before its next attempt, and then for an instance
    while (caller.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }

    caller.interrupt();

    assertThat(outcome.get(30, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            CallException.class,
            e -> {
              assertThat(e.status()).isEqualTo(Status.CANCELLED);
              assertThat(e.execution()).isEqualTo(Execution.DID_NOT_RUN);
            });
  }
}
