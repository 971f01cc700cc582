package dev.myelin.gateway.tunnel;

import dev.myelin.Hosting;
import dev.myelin.Mode;
import dev.myelin.membership.Resolver;
import org.apache.tomcat.websocket.server.WsSci;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/// Gives the gateway its tunnels, where they are switched on.
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("myelin.core.gateway.tunnel.enabled")
@EnableConfigurationProperties(TunnelProperties.class)
public class TunnelConfiguration {

  /// Created by Spring.
  TunnelConfiguration() {}

  @Bean
  OpenTunnels openTunnels(TunnelProperties properties) {
    return new OpenTunnels(properties);
  }

  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  RouterFunction<ServerResponse> tunnelRoutes(
      Resolver resolver,
      OpenTunnels tunnels,
      TunnelProperties properties,
      Environment environment) {
    var shared = Hosting.of(environment).mode() != Mode.KUBERNETES;
    return new TunnelRoutes(
        new TunnelTokens(properties.tokens(), System::nanoTime),
        new TunnelTargets(resolver, shared),
        tunnels,
        properties.connectTimeout());
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> webSockets() {
    return factory ->
        factory.addContextCustomizers(
            context -> context.addServletContainerInitializer(new WsSci(), null));
  }
}
