package dev.myelin.benchmarks.myelin;

import dev.myelin.benchmarks.basket.Basket;
import dev.myelin.benchmarks.basket.Quote;
import dev.myelin.benchmarks.variant.Caller;

/// Calls the operation that returns its result.
///
/// @param client the stand-in, owned by this caller
record BlockingMyelinCaller(MyelinClient<PriceListService> client) implements Caller.Blocking {

  @Override
  public Quote price(Basket basket) {
    return client.standIn().price(basket);
  }

  @Override
  public void close() {
    client.close();
  }
}
