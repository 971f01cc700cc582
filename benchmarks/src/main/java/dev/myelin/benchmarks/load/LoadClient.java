package dev.myelin.benchmarks.load;

import dev.myelin.benchmarks.basket.Orders;
import dev.myelin.benchmarks.variant.Row;
import java.io.IOException;
import java.util.ArrayList;

/// Measures one row of the table against a server that is already open.
public final class LoadClient {

  private LoadClient() {}

  /// Warms up, runs each phase of the plan, then counts the bytes of a call on a connection of its
  /// own.
  ///
  /// @throws IOException if the server could not be reached
  /// @throws InterruptedException if the thread was interrupted
  /// @throws IllegalStateException if a call failed or was answered wrongly
  public static ClientReport measure(Row row, int port, LoadPlan plan)
      throws IOException, InterruptedException {
    var orders = Orders.of(plan.seed());
    var phases = new ArrayList<Phase>();
    try (var caller = row.variant().connect(port, row.kind())) {
      // alone: some clients are not ready for their first calls to come at once
      new OrderedCalls(caller, orders).make(1);
      var loop = new ClosedLoop(caller, row.kind(), orders);
      if (plan.warmUp().isPositive()) {
        loop.run(LoadPlan.WARM_UP_CALLERS, plan.warmUp());
      }
      for (var callers : plan.callers()) {
        phases.add(loop.run(callers, plan.phase()));
      }
    }
    return new ClientReport(phases, WireCount.of(row, port, orders));
  }
}
