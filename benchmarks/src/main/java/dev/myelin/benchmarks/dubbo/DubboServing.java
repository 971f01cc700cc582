package dev.myelin.benchmarks.dubbo;

import dev.myelin.benchmarks.basket.PriceList;
import dev.myelin.benchmarks.variant.FreePort;
import dev.myelin.benchmarks.variant.Serving;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.apache.dubbo.config.ProtocolConfig;
import org.apache.dubbo.config.RegistryConfig;
import org.apache.dubbo.config.ServiceConfig;

/// An open Dubbo server, with the price list in its blocking and its asynchronous form.
///
/// @param port where it listens
/// @param application its world, owned by this object
record DubboServing(int port, DubboApplication application) implements Serving {

  static DubboServing open(String protocolName, PriceList prices) throws IOException {
    var protocol = new ProtocolConfig(protocolName, FreePort.find());
    protocol.setHost(DubboApplication.LOOPBACK);
    protocol.setThreadpool("virtual");
    var application = new DubboApplication("price-list-server");
    AsyncPriceList async = basket -> CompletableFuture.completedFuture(prices.price(basket));
    application
        .bootstrap()
        .registry(new RegistryConfig(RegistryConfig.NO_AVAILABLE))
        .protocol(protocol)
        .service(service(PriceList.class, prices))
        .service(service(AsyncPriceList.class, async))
        .start();
    return new DubboServing(protocol.getPort(), application);
  }

  private static <T> ServiceConfig<T> service(Class<T> type, T bean) {
    var service = new ServiceConfig<T>();
    service.setInterface(type);
    service.setRef(bean);
    return service;
  }

  @Override
  public void close() {
    application.close();
  }
}
