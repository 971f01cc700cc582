package dev.myelin.benchmarks.dubbo;

import dev.myelin.benchmarks.basket.Basket;
import dev.myelin.benchmarks.basket.PriceList;
import dev.myelin.benchmarks.basket.Quote;
import dev.myelin.benchmarks.variant.Caller;

/// Calls through Dubbo's proxy of the plain interface.
///
/// @param application the world of the client, owned by this caller
/// @param proxy the proxy
record BlockingDubboCaller(DubboApplication application, PriceList proxy)
    implements Caller.Blocking {

  static BlockingDubboCaller open(String protocol, int port) {
    var application = new DubboApplication("price-list-client");
    return new BlockingDubboCaller(application, application.refer(PriceList.class, protocol, port));
  }

  @Override
  public Quote price(Basket basket) {
    return proxy.price(basket);
  }

  @Override
  public void close() {
    application.close();
  }
}
