package dev.myelin.benchmarks.load;

import dev.myelin.benchmarks.basket.Basket;
import dev.myelin.benchmarks.basket.Orders;
import dev.myelin.benchmarks.basket.Quote;
import dev.myelin.benchmarks.variant.Caller;

/// One caller that makes each order in turn, and waits even where it need not.
///
/// @param caller what is called through
/// @param orders what is ordered
record OrderedCalls(Caller caller, Orders orders) {

  /// Makes a number of calls, beginning with the first order, and checks the replies.
  void make(int calls) {
    for (var call = 0; call < calls; call++) {
      var order = orders.at(call);
      order.verify(price(order.basket()));
    }
  }

  private Quote price(Basket basket) {
    return switch (caller) {
      case Caller.Blocking blocking -> blocking.price(basket);
      case Caller.Async async -> async.price(basket).join();
    };
  }
}
