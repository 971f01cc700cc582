package dev.myelin.autoconfigure;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/// Lets an application start without its Cassandra, where objects are kept there.
///
/// Spring Boot's health indicator of Cassandra opens a session while the context starts, and so
/// ends it where there is none; the one of the object store says the same without. Below everything
/// that the user sets.
final class ObjectStoreEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

  // after the one that reads the configuration files
  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    if (OnCassandraObjectsCondition.matches(environment)) {
      environment
          .getPropertySources()
          .addLast(
              new MapPropertySource(
                  "myelinObjectDefaults", Map.of("management.health.cassandra.enabled", "false")));
    }
  }
}
