package dev.myelin.benchmarks.load;

import dev.myelin.benchmarks.basket.Order;
import dev.myelin.benchmarks.basket.Quote;
import dev.myelin.benchmarks.variant.Caller;
import java.util.concurrent.CompletableFuture;

/// One caller without a thread: each call is made where the future of the last one ended.
///
/// Calls answered before their future is looked at are taken in a loop, so that the stack does not
/// grow with them.
final class AsyncChain {
  private final LoopRun run;
  private final Caller.Async caller;
  private final Tally tally;

  AsyncChain(LoopRun run, Caller.Async caller, Tally tally) {
    this.run = run;
    this.caller = caller;
    this.tally = tally;
  }

  /// Makes calls until one has to be waited for, or the run is over.
  void proceed() {
    try {
      while (!run.over()) {
        var order = tally.next();
        var future = caller.price(order.basket());
        if (!future.isDone()) {
          var _ = future.whenComplete((_, _) -> resume(order, future));
          return;
        }
        settle(order, future);
      }
    } catch (Throwable thrown) {
      run.fail(thrown);
    }
    run.ended();
  }

  private void resume(Order order, CompletableFuture<Quote> future) {
    try {
      settle(order, future);
    } catch (Throwable thrown) {
      run.fail(thrown);
      run.ended();
      return;
    }
    proceed();
  }

  private void settle(Order order, CompletableFuture<Quote> future) {
    var reply = future.join();
    if (!run.over()) {
      tally.settle(order, reply);
    }
  }
}
