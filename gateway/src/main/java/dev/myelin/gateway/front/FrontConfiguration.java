package dev.myelin.gateway.front;

import java.net.http.HttpClient;
import java.util.concurrent.Executor;
import org.springframework.cloud.gateway.server.mvc.config.GatewayMvcProperties;
import org.springframework.cloud.gateway.server.mvc.handler.ProxyExchange;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/// How the gateway talks HTTP to a front.
///
/// Needs a `frontHttpClient`. Content is not unpacked on the way: what a front packs is the
/// client's to see.
@Configuration(proxyBeanMethods = false)
public class FrontConfiguration {

  @Bean
  OriginHeaders originHeaders() {
    return new OriginHeaders();
  }

  @Bean
  UnreadBodyFilter unreadBodyFilter() {
    return new UnreadBodyFilter();
  }

  @Bean
  ProxyExchange frontExchange(HttpClient frontHttpClient, GatewayMvcProperties properties) {
    var requests = new JdkClientHttpRequestFactory(frontHttpClient, virtualThreads());
    requests.enableCompression(false);
    return new ExactUriExchange(
        new PromptExchange(RestClient.builder().requestFactory(requests).build(), properties));
  }

  private static Executor virtualThreads() {
    var factory = Thread.ofVirtual().name("gateway-front-", 0).factory();
    return task -> factory.newThread(task).start();
  }
}
