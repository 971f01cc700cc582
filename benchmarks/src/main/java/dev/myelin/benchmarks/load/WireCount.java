package dev.myelin.benchmarks.load;

import dev.myelin.benchmarks.basket.Orders;
import dev.myelin.benchmarks.variant.Row;
import dev.myelin.faults.FaultProxy;
import java.io.IOException;

/// Counts the bytes of a call: one caller, each order in turn, through a proxy.
final class WireCount {
  // whole rounds of the orders, so that every row sends the same baskets
  private static final int UNCOUNTED_CALLS = 8 * Orders.COUNT;
  private static final int COUNTED_CALLS = 16 * Orders.COUNT;

  private WireCount() {}

  static WireBytes of(Row row, int port, Orders orders) throws IOException {
    try (var proxy = FaultProxy.before(port);
        var caller = row.variant().connect(proxy.port(), row.kind())) {
      var calls = new OrderedCalls(caller, orders);
      calls.make(UNCOUNTED_CALLS);
      var before = proxy.counts();
      calls.make(COUNTED_CALLS);
      var counted = proxy.counts().minus(before);
      return new WireBytes(
          COUNTED_CALLS,
          (double) counted.toServer() / COUNTED_CALLS,
          (double) counted.toClient() / COUNTED_CALLS);
    }
  }
}
