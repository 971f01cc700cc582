package dev.myelin.benchmarks.http;

import dev.myelin.benchmarks.basket.Basket;
import dev.myelin.benchmarks.basket.Quote;
import dev.myelin.benchmarks.variant.Caller;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/// Calls through a proxy of an annotated interface.
///
/// @param client the HTTP client, owned by this caller
/// @param proxy the proxy
record HttpInterfaceCaller(CloseableHttpClient client, HttpPriceList proxy)
    implements Caller.Blocking {

  /// The price list as Spring wants it annotated.
  interface HttpPriceList {

    @PostExchange("/price")
    Quote price(@RequestBody Basket basket);
  }

  static HttpInterfaceCaller open(int port) {
    var client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnTotal(ConnectionPool.SIZE)
                    .setMaxConnPerRoute(ConnectionPool.SIZE)
                    .build())
            .disableCookieManagement()
            .disableRedirectHandling()
            .disableAuthCaching()
            .build();
    var rest =
        RestClient.builder()
            .baseUrl("http://127.0.0.1:" + port)
            .requestFactory(new HttpComponentsClientHttpRequestFactory(client))
            .build();
    var proxies = HttpServiceProxyFactory.builderFor(RestClientAdapter.create(rest)).build();
    return new HttpInterfaceCaller(client, proxies.createClient(HttpPriceList.class));
  }

  @Override
  public Quote price(Basket basket) {
    return proxy.price(basket);
  }

  @Override
  public void close() {
    client.close(CloseMode.IMMEDIATE);
  }
}
