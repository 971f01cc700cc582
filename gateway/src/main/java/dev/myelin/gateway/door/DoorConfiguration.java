package dev.myelin.gateway.door;

import java.util.Objects;
import org.apache.catalina.connector.Connector;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.boot.tomcat.TomcatContextCustomizer;
import org.springframework.boot.tomcat.TomcatProtocolHandlerCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Gives the gateway its [Door], where a port is named for it.
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("myelin.core.gateway.door")
@EnableConfigurationProperties(DoorProperties.class)
public class DoorConfiguration {

  /// Created by Spring.
  DoorConfiguration() {}

  // In the place of Boot's own, with the same customizers
  @Bean
  DoorFactory doorFactory(
      ObjectProvider<TomcatConnectorCustomizer> connectors,
      ObjectProvider<TomcatContextCustomizer> contexts,
      ObjectProvider<TomcatProtocolHandlerCustomizer<?>> protocols) {
    var factory = new DoorFactory();
    factory.getConnectorCustomizers().addAll(connectors.orderedStream().toList());
    factory.getContextCustomizers().addAll(contexts.orderedStream().toList());
    factory.getProtocolHandlerCustomizers().addAll(protocols.orderedStream().toList());
    return factory;
  }

  @Bean
  Door door(DoorFactory factory, DoorProperties properties) {
    return new Door(
        factory, Objects.requireNonNull(properties.door(), "it is what this class depends on"));
  }

  /// Boot's factory, which can also make further connectors that are set as the first one is.
  static final class DoorFactory extends TomcatServletWebServerFactory {

    /// A connector that is not started.
    ///
    /// @param port where it will listen
    Connector connector(int port) {
      var connector = new Connector(DEFAULT_PROTOCOL);
      connector.setThrowOnFailure(true);
      customizeConnector(connector);
      connector.setPort(port);
      // so that the port is let go of when the connector stops, not when it is destroyed
      connector.setProperty("bindOnInit", "false");
      return connector;
    }
  }
}
