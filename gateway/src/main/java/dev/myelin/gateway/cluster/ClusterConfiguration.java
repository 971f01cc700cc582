package dev.myelin.gateway.cluster;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/// Lets [ClusterRoutes] tell who asks.
@Configuration(proxyBeanMethods = false)
public class ClusterConfiguration {

  @Bean
  PeerAddressFirst peerAddressFirst() {
    return new PeerAddressFirst();
  }

  /// Puts [PeerAddressValve] before the valves of Boot's own customizers (0), of which one may
  /// trust `X-Forwarded-For`.
  static final class PeerAddressFirst
      implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {

    @Override
    public int getOrder() {
      return -1;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
      factory.addEngineValves(new PeerAddressValve());
    }
  }
}
