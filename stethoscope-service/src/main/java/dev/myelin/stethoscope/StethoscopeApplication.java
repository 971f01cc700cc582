package dev.myelin.stethoscope;

import dev.myelin.wire.ServiceNames;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/// The stethoscope in a process of its own.
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(StethoscopeConfiguration.class)
public class StethoscopeApplication {

  /// Starts it.
  ///
  /// @param arguments properties, as Spring Boot reads them
  public static void main(String[] arguments) {
    var application = new SpringApplication(StethoscopeApplication.class);
    application.setDefaultProperties(
        Map.of(
            "spring.application.name", "stethoscope-service",
            "spring.main.keep-alive", "true",
            "spring.threads.virtual.enabled", "true",
            "myelin.mode", "process",
            "myelin.hosts", ServiceNames.STETHOSCOPE));
    application.run(arguments);
  }
}
