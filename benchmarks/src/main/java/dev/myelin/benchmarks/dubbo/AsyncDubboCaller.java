package dev.myelin.benchmarks.dubbo;

import dev.myelin.benchmarks.basket.Basket;
import dev.myelin.benchmarks.basket.Quote;
import dev.myelin.benchmarks.variant.Caller;
import java.util.concurrent.CompletableFuture;

/// Calls through Dubbo's proxy of the interface with futures.
///
/// @param application the world of the client, owned by this caller
/// @param proxy the proxy
record AsyncDubboCaller(DubboApplication application, AsyncPriceList proxy)
    implements Caller.Async {

  static AsyncDubboCaller open(String protocol, int port) {
    var application = new DubboApplication("price-list-client");
    return new AsyncDubboCaller(
        application, application.refer(AsyncPriceList.class, protocol, port));
  }

  @Override
  public CompletableFuture<Quote> price(Basket basket) {
    return proxy.price(basket);
  }

  @Override
  public void close() {
    application.close();
  }
}
