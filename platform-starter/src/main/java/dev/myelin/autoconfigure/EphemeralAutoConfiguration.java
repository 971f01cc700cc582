package dev.myelin.autoconfigure;

import dev.myelin.membership.Resolver;
import dev.myelin.storage.EphemeralStore;
import dev.myelin.storage.EphemeralStores;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/// The fast store: memcacheds where their addresses are given, this process's memory otherwise.
@AutoConfiguration(after = MyelinAutoConfiguration.class)
@EnableConfigurationProperties(EphemeralProperties.class)
public final class EphemeralAutoConfiguration {

  EphemeralAutoConfiguration() {}

  @Bean
  @Lazy
  @ConditionalOnMissingBean
  static EphemeralStores myelinEphemeralStores(
      EphemeralProperties properties, Environment environment, ObjectProvider<Resolver> resolver) {
    return new EphemeralNodes(
            properties,
            environment.getProperty("spring.application.name", "application"),
            resolver.getIfAvailable())
        .open();
  }

  @Bean(destroyMethod = "")
  @Lazy
  @ConditionalOnMissingBean
  static EphemeralStore myelinEphemeralStore(EphemeralStores stores) {
    return stores.shared();
  }

  /// Says which memcacheds are there.
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
  @ConditionalOnEphemeralNodes
  static class Health {

    @Bean
    @ConditionalOnEnabledHealthIndicator("ephemeral")
    @ConditionalOnMissingBean(name = "ephemeralHealthIndicator")
    static HealthIndicator ephemeralHealthIndicator(EphemeralStores stores) {
      return new EphemeralHealthIndicator(stores);
    }
  }
}
