package dev.myelin.gateway;

import dev.myelin.wire.ServiceNames;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/// The gateway as a process of its own.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(GatewayConfiguration.class)
public class GatewayApplication {

  /// Starts the gateway as a member of a cluster.
  ///
  /// @param args Spring Boot's arguments; at least `--myelin.cluster.folder`
  public static void main(String[] args) {
    var application = new SpringApplication(GatewayApplication.class);
    application.setDefaultProperties(
        Map.of(
            "spring.application.name", "gateway",
            "myelin.mode", "process",
            "myelin.hosts", ServiceNames.GATEWAY));
    application.run(args);
  }
}
