package dev.myelin.autoconfigure;

import dev.myelin.storage.ObjectKey;
import dev.myelin.storage.ObjectStore;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/// Says whether this process reaches its objects: reads one that is not there.
@AutoConfiguration(after = ObjectStoreAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(ObjectStore.class)
@ConditionalOnEnabledHealthIndicator("object-store")
public final class ObjectStoreHealthAutoConfiguration {

  ObjectStoreHealthAutoConfiguration() {}

  @Bean
  static HealthIndicator objectStoreHealthIndicator(ObjectStore store) {
    return new Probe(store);
  }

  private static final class Probe extends AbstractHealthIndicator {

    private static final ObjectKey KEY = new ObjectKey("myelin-health", "probe");

    private final ObjectStore store;

    Probe(ObjectStore store) {
      super("Objects cannot be reached");
      this.store = store;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
      var _ = store.get(KEY);
      health.up();
    }
  }
}
