package dev.myelin.benchmarks.echo;

import dev.myelin.benchmarks.basket.Basket;
import dev.myelin.benchmarks.basket.Quote;
import dev.myelin.benchmarks.variant.Caller;
import java.util.concurrent.CompletableFuture;

/// Hands the futures of the echo out.
///
/// @param client the connection, owned by this caller
record AsyncEchoCaller(EchoClient client) implements Caller.Async {

  @Override
  public CompletableFuture<Quote> price(Basket basket) {
    return client.price(basket);
  }

  @Override
  public void close() {
    client.close();
  }
}
