package dev.myelin.benchmarks.http;

import dev.myelin.benchmarks.basket.Basket;
import dev.myelin.benchmarks.basket.Quote;
import dev.myelin.benchmarks.variant.Caller;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/// Calls through an OpenFeign client in a Boot application without a web server.
///
/// @param context the application, owned by this caller
/// @param proxy the client
record OpenFeignCaller(ConfigurableApplicationContext context, FeignPriceList proxy)
    implements Caller.Blocking {

  /// The price list as OpenFeign wants it annotated.
  @FeignClient(name = "price-list", url = "${price-list.url}")
  interface FeignPriceList {

    @PostMapping("/price")
    Quote price(@RequestBody Basket basket);
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @EnableFeignClients(clients = FeignPriceList.class)
  static class Application {}

  static OpenFeignCaller open(int port) {
    var context =
        new SpringApplicationBuilder(Application.class)
            .web(WebApplicationType.NONE)
            .bannerMode(Banner.Mode.OFF)
            .logStartupInfo(false)
            .run(
                "--price-list.url=http://127.0.0.1:" + port,
                "--spring.threads.virtual.enabled=true",
                "--spring.cloud.openfeign.httpclient.max-connections=" + ConnectionPool.SIZE,
                "--spring.cloud.openfeign.httpclient.max-connections-per-route="
                    + ConnectionPool.SIZE);
    return new OpenFeignCaller(context, context.getBean(FeignPriceList.class));
  }

  @Override
  public Quote price(Basket basket) {
    return proxy.price(basket);
  }

  @Override
  public void close() {
    context.close();
  }
}
