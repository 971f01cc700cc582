package dev.myelin.gateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/// The gateway as a process of its own.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(GatewayConfiguration.class)
public class GatewayApplication {

  /// Starts the gateway.
  ///
  /// @param args Spring Boot's arguments
  public static void main(String[] args) {
    SpringApplication.run(GatewayApplication.class, args);
  }
}
