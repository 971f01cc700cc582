package dev.myelin.autoconfigure;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import dev.myelin.Execution;
import dev.myelin.storage.StoreException;
import dev.myelin.storage.cassandra.CassandraConnection;
import dev.myelin.storage.cassandra.CassandraSettings;
import dev.myelin.storage.cassandra.CassandraTable;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.cassandra.autoconfigure.DriverConfigLoaderBuilderCustomizer;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/// Objects in the Cassandra that `spring.cassandra.*` names, through the application's session: the
/// one that Spring Boot makes, with whatever customizes it, or the application's own bean.
@Configuration(proxyBeanMethods = false)
@Conditional(OnCassandraObjectsCondition.class)
@ConditionalOnClass(
    name = {
      CassandraObjectConfiguration.DRIVER,
      "org.springframework.boot.cassandra.autoconfigure.CassandraAutoConfiguration"
    })
class CassandraObjectConfiguration {

  static final String DRIVER = "com.datastax.oss.driver.api.core.CqlSession";

  /// Nodes that come back are found as soon; the driver would take a minute.
  private static final Duration LONGEST_RECONNECTION = Duration.ofSeconds(5);

  @Bean
  static CassandraSettings myelinCassandraSettings(ObjectStoreProperties properties) {
    var cassandra = properties.cassandra();
    var levels =
        new CassandraSettings.Levels(
            level("consistency", cassandra.consistency(), false),
            level("serial-consistency", cassandra.serialConsistency(), true));
    try {
      var place =
          new CassandraSettings.Place(
              cassandra.keyspace(), cassandra.table(), cassandra.replicas());
      return new CassandraSettings(place, levels, properties.schema(), properties.attemptTimeout());
    } catch (IllegalArgumentException invalid) {
      throw new InvalidConfigurationPropertyValueException(
          "myelin.objects.cassandra",
          cassandra.keyspace() + "." + cassandra.table(),
          Objects.toString(invalid.getMessage()));
    }
  }

  private static DefaultConsistencyLevel level(String property, String value, boolean serial) {
    try {
      var name = value.toUpperCase(Locale.ROOT).replace('-', '_');
      var level = DefaultConsistencyLevel.valueOf(name);
      if (level.isSerial() == serial) {
        return level;
      }
    } catch (IllegalArgumentException none) {
      // said below
    }
    throw new InvalidConfigurationPropertyValueException(
        "myelin.objects.cassandra." + property,
        value,
        serial
            ? "It must be 'serial' or 'local-serial'."
            : "It must be a level such as 'quorum', 'local-quorum' or 'each-quorum'.");
  }

  // the context closes the session, as it made it
  @Bean
  @Lazy
  static CassandraConnection myelinCassandraConnection(
      CassandraSettings settings, ObjectProvider<CqlSession> sessions) {
    return new CassandraConnection(() -> session(sessions), _ -> {}, settings);
  }

  private static CqlSession session(ObjectProvider<CqlSession> sessions) {
    try {
      return sessions.getObject();
    } catch (NoUniqueBeanDefinitionException several) {
      throw noSession(
          "several beans of type CqlSession and none is primary: mark one as @Primary", several);
    } catch (NoSuchBeanDefinitionException none) {
      throw noSession(
          "no bean of type CqlSession: declare one, or do not exclude Spring Boot's CassandraAutoConfiguration",
          none);
    }
  }

  private static StoreException noSession(String what, Exception cause) {
    return new StoreException(
        Execution.DID_NOT_RUN, "Objects are kept in Cassandra, and there is " + what, cause);
  }

  /// Made where it is used first, which is where the service is hosted.
  @Bean
  @Lazy
  static CassandraTable myelinCassandraTable(
      CassandraConnection connection, CassandraSettings settings) {
    return new CassandraTable(connection, settings);
  }

  // before the application's own, which win
  @Bean
  @Order(Ordered.HIGHEST_PRECEDENCE)
  static DriverConfigLoaderBuilderCustomizer myelinCassandraDriver() {
    return driver ->
        driver.withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, LONGEST_RECONNECTION);
  }

  /// Says what is missing, rather than to keep objects in memory where Cassandra was asked for.
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty(name = "myelin.objects.store", havingValue = "cassandra")
  @ConditionalOnMissingClass(
      "org.springframework.boot.cassandra.autoconfigure.CassandraAutoConfiguration")
  static class Missing {

    Missing() {
      throw new InvalidObjectStoreException(
          "'myelin.objects.store' is 'cassandra', and its driver is not on the class path.",
          "Add the dependency 'org.springframework.boot:spring-boot-starter-cassandra', or set 'myelin.objects.store' to another store.");
    }
  }
}
