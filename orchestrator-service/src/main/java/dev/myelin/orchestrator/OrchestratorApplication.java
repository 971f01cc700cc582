package dev.myelin.orchestrator;

import dev.myelin.wire.ServiceNames;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/// The orchestrator as a process of its own, beside a stethoscope and a pubsub of the same cluster.
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(OrchestratorConfiguration.class)
public class OrchestratorApplication {

  /// Created by Spring.
  OrchestratorApplication() {}

  /// Starts it.
  ///
  /// @param arguments of Spring Boot; `--myelin.app` is needed
  public static void main(String[] arguments) {
    var application = new SpringApplication(OrchestratorApplication.class);
    application.setDefaultProperties(
        Map.of("myelin.mode", "process", "myelin.hosts", ServiceNames.ORCHESTRATOR));
    application.run(arguments);
  }
}
