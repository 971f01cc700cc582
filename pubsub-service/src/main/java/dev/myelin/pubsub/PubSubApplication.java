package dev.myelin.pubsub;

import dev.myelin.wire.ServiceNames;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/// Pubsub in a process of its own.
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(PubSubConfiguration.class)
public class PubSubApplication {

  /// Starts it.
  ///
  /// @param arguments properties, as Spring Boot reads them
  public static void main(String[] arguments) {
    var application = new SpringApplication(PubSubApplication.class);
    application.setDefaultProperties(
        Map.of(
            "spring.application.name", "pubsub-service",
            "spring.main.keep-alive", "true",
            "spring.threads.virtual.enabled", "true",
            "myelin.mode", "process",
            "myelin.hosts", ServiceNames.PUBSUB + "," + ServiceNames.TOPICS));
    application.run(arguments);
  }
}
