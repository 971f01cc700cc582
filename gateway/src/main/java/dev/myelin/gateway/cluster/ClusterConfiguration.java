package dev.myelin.gateway.cluster;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/// Lets [ClusterRoutes] tell who asks.
@Configuration(proxyBeanMethods = false)
public class ClusterConfiguration {

  // before Boot's own customizers (0), of which one may add the valve that trusts X-Forwarded-For
  @Bean
  @Order(-1)
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> peerAddress() {
    return factory -> factory.addEngineValves(new PeerAddressValve());
  }
}
