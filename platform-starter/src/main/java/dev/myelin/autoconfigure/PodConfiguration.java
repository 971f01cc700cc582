package dev.myelin.autoconfigure;

import dev.myelin.membership.CoreDirectory;
import dev.myelin.membership.NamedCoreDirectory;
import dev.myelin.membership.SerialScheduler;
import dev.myelin.wire.ServiceNames;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/// A process's place in a cluster of pods.
@Configuration(proxyBeanMethods = false)
@Conditional(OnClusterCondition.InPods.class)
class PodConfiguration {

  private static final List<String> CORE_SERVICES =
      List.of(
          ServiceNames.GATEWAY,
          ServiceNames.ORCHESTRATOR,
          ServiceNames.PUBSUB,
          ServiceNames.STETHOSCOPE,
          ServiceNames.TOPICS);

  @Bean
  @ConditionalOnMissingBean
  CoreDirectory myelinCoreDirectory(CoreProperties properties) {
    return new NamedCoreDirectory(
        properties.endpoints(),
        CORE_SERVICES,
        NamedCoreDirectory.Lookup.ofSystem(),
        SerialScheduler.onThread("myelin-core-lookup"));
  }

  @Bean
  Presence myelinPresence() {
    return Presence.POD;
  }

  @Bean
  Retirement myelinRetirement(ClusterProcess process) {
    return new Retirement(process);
  }

  /// Whether the pod is ready, for the actuator's group `readiness`.
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(HealthIndicator.class)
  static class Readiness {

    /// The bean's name is what the group calls it.
    @Bean
    HealthIndicator myelinHealthIndicator(ClusterProcess process) {
      return () -> process.ready() ? Health.up().build() : Health.outOfService().build();
    }
  }
}
