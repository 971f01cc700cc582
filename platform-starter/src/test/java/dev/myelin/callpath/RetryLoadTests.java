package dev.myelin.callpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.myelin.CallException;
import dev.myelin.Execution;
import dev.myelin.callpath.Chain.Fourth;
import dev.myelin.callpath.Chain.Leaf;
import dev.myelin.callpath.RetryLoad.Failing;
import dev.myelin.client.BalanceSettings;
import dev.myelin.client.BudgetSettings;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.transport.Connection;
import dev.myelin.wire.Frame;
import java.util.Map;
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

  private <T> T standIn(Class<T> type) {
    return Chain.standIn(scene, type);
  }

  private Leaf standInThatEarnsNoRetriesByTime() {
    var defaults = BalanceSettings.defaults();
    var balance =
        new BalanceSettings(
            defaults.pickers(),
            defaults.ejection(),
            new BudgetSettings(0.08, 0, 100),
            Map.of(),
            defaults.others());
    return (Leaf) scene.caller(balance).standIn(ServiceContracts.of(Leaf.class));
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
    var found = RetryLoad.oneHop(Failing.REFUSES, RetryLoadTests::failures);

    assertThat(found.ratio()).isBetween(1.0, 1.10);
  }

  @Test
  void serviceThatBreaksOnEveryCallSeesATenthMoreLoadAtMost() throws Exception {
    var found = RetryLoad.oneHop(Failing.BREAKS, RetryLoadTests::failures);

    assertThat(found.ratio()).isBetween(0.1, 1.10);
  }

  @Test
  void bottomOfFiveHopsSeesAQuarterMoreLoadAtMost() throws Exception {
    var found = RetryLoad.fiveHops(RetryLoadTests::failures);

    assertThat(found.ratio()).isBetween(1.0, 1.25);
  }

  @Test
  void callBeyondTheBudgetSaysSoAndIsNotRepeatedByTheServiceAbove() throws Exception {
    var arrived = new AtomicInteger();
    RetryLoad.leaves(scene, RetryLoad.failing(Failing.REFUSES, arrived));
    scene.serve(Fourth.class, new Chain.Passing(standInThatEarnsNoRetriesByTime()));
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
