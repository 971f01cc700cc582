package dev.myelin.benchmarks.myelin;

import dev.myelin.benchmarks.basket.Basket;
import dev.myelin.benchmarks.basket.Quote;
import dev.myelin.benchmarks.variant.Caller;
import java.util.concurrent.CompletableFuture;

/// Calls the operation that returns a future.
///
/// @param client the stand-in, owned by this caller
record AsyncMyelinCaller(MyelinClient<PriceListService> client) implements Caller.Async {

  @Override
  public CompletableFuture<Quote> price(Basket basket) {
    return client.standIn().quote(basket);
  }

  @Override
  public void close() {
    client.close();
  }
}
