package dev.myelin.benchmarks.echo;

import dev.myelin.benchmarks.basket.Basket;
import dev.myelin.benchmarks.basket.Quote;
import dev.myelin.benchmarks.variant.Caller;

/// Waits for each reply of the echo.
///
/// @param client the connection, owned by this caller
record BlockingEchoCaller(EchoClient client) implements Caller.Blocking {

  @Override
  public Quote price(Basket basket) {
    return client.price(basket).join();
  }

  @Override
  public void close() {
    client.close();
  }
}
