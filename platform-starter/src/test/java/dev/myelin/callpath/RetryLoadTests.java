package dev.myelin.callpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.Status;
import dev.myelin.callpath.Chain.First;
import dev.myelin.callpath.Chain.Fourth;
import dev.myelin.callpath.Chain.Leaf;
import dev.myelin.transport.Connection;
import dev.myelin.wire.Frame;
import dev.myelin.wire.Payload;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How much load retries add when everything fails (goal F3), with the call path as it is.
class RetryLoadTests {

  private static final int CALLS = 5_000;
  private static final int CALLERS = 16;

  private final CallPathScene scene = new CallPathScene();

  @AfterEach
  void close() {
    scene.close();
  }

  /// Counts the calls and answers them with a refusal.
  private static BiPredicate<Connection, Frame> refusing(AtomicInteger arrived) {
    return (connection, frame) -> {
      if (frame instanceof Frame.Call call) {
        arrived.incrementAndGet();
        connection.send(
            new Frame.Failure(
                call.id(),
                Status.RESOURCE_EXHAUSTED,
                Execution.DID_NOT_RUN,
                "full",
                Payload.EMPTY));
        return true;
      }
      return false;
    };
  }

  /// Counts the calls and cuts the connection on each.
  private static BiPredicate<Connection, Frame> cutting(AtomicInteger arrived) {
    return (connection, frame) -> {
      if (frame instanceof Frame.Call) {
        arrived.incrementAndGet();
        connection.close("cut");
        return true;
      }
      return false;
    };
  }

  private void serveLeaves(BiPredicate<Connection, Frame> intercepts) throws IOException {
    for (int i = 0; i < 3; i++) {
      scene.serve(Leaf.class, () -> "done", intercepts);
    }
  }

  private <T> T standIn(Class<T> type) {
    return Chain.standIn(scene, type);
  }

  private static int failures(Runnable call) throws InterruptedException {
    var failed = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int caller = 0; caller < CALLERS; caller++) {
        var _ =
            threads.submit(() -> {
              for (int i = 0; i < CALLS / CALLERS; i++) {
                if (catchThrowable(call::run) != null) {
                  failed.incrementAndGet();
                }
              }
            });
      }
    }
    return failed.get();
  }

  @Test
  void serviceThatRefusesEverythingSeesATenthMoreLoadAtMost() throws Exception {
    var arrived = new AtomicInteger();
    serveLeaves(refusing(arrived));
    var leaf = standIn(Leaf.class);

    int calls = failures(leaf::work);

    assertThat((double) arrived.get() / calls).isBetween(1.0, 1.10);
  }

  @Test
  void serviceThatBreaksOnEveryCallSeesATenthMoreLoadAtMost() throws Exception {
    var arrived = new AtomicInteger();
    serveLeaves(cutting(arrived));
    var leaf = standIn(Leaf.class);

    int calls = failures(leaf::work);

    assertThat((double) arrived.get() / calls).isBetween(0.1, 1.10);
  }

  @Test
  void bottomOfFiveHopsSeesAQuarterMoreLoadAtMost() throws Exception {
    var arrived = new AtomicInteger();
    serveLeaves(refusing(arrived));
    for (int i = 0; i < 2; i++) {
      Chain.serve(scene);
    }
    var first = standIn(First.class);

    int calls = failures(first::next);

    assertThat((double) arrived.get() / calls).isBetween(1.0, 1.25);
  }

  @Test
  void callBeyondTheBudgetSaysSoAndIsNotRepeatedByTheServiceAbove() throws Exception {
    var arrived = new AtomicInteger();
    serveLeaves(refusing(arrived));
    scene.serve(Fourth.class, new Chain.Passing(standIn(Leaf.class)));
    var fourth = standIn(Fourth.class);
    failures(fourth::next);
    long before = scene.counters.totals().retried();
    int calledBefore = arrived.get();

    assertThatThrownBy(fourth::next)
        .isInstanceOf(CallException.class)
        .satisfies(
            e -> assertThat(((CallException) e).execution()).isEqualTo(Execution.DID_NOT_RUN))
        .hasMessageContaining("retry budget is spent");
    assertThat(arrived.get() - calledBefore)
        .isEqualTo((int) (1 + scene.counters.totals().retried() - before));
  }

  @Test
  void callsThatAnInstanceTakesWithItAreRepeatedElsewhereBeyondAnyBudget() throws Exception {
    var doomed = new AtomicBoolean();
    var dying = new AtomicInteger();
    var well = new AtomicInteger();
    BiPredicate<Connection, Frame> diesFull =
        (connection, frame) -> {
          boolean taken = doomed.get() && frame instanceof Frame.Call;
          if (taken && dying.incrementAndGet() >= 250) {
            connection.close("killed");
          }
          return taken;
        };
    scene.serve(
        Leaf.class,
        () -> {
          well.incrementAndGet();
          return "done";
        });
    scene.serve(Leaf.class, () -> "done", diesFull);
    var leaf = standIn(Leaf.class);
    leaf.work();
    leaf.work();
    doomed.set(true);

    var failed = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 600; i++) {
        var _ =
            threads.submit(() -> {
              if (catchThrowable(leaf::work) != null) {
                failed.incrementAndGet();
              }
            });
      }
    }

    assertThat(dying).hasValueGreaterThanOrEqualTo(250);
    assertThat(failed).hasValue(0);
    assertThat(well).hasValueGreaterThanOrEqualTo(600);
  }
}
