package dev.myelin.autoconfigure;

import dev.myelin.Hosting;
import dev.myelin.membership.CoreDirectory;
import dev.myelin.membership.MembershipFeed;
import dev.myelin.membership.NamedCoreDirectory;
import dev.myelin.membership.SerialScheduler;
import dev.myelin.wire.Role;
import dev.myelin.wire.ServiceNames;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/// A process's place in a cluster of pods.
@Configuration(proxyBeanMethods = false)
@Conditional(OnClusterCondition.InPods.class)
class PodConfiguration {

  @Bean
  @ConditionalOnMissingBean(CoreDirectory.class)
  NamedCoreDirectory myelinCoreDirectory(CoreProperties properties) {
    return new NamedCoreDirectory(
        properties.endpoints(),
        ServiceNames.CORE_SERVICES,
        NamedCoreDirectory.Lookup.ofSystem(),
        SerialScheduler.onThread("myelin-core-lookup"));
  }

  @Bean
  Presence myelinPresence(ObjectProvider<NamedCoreDirectory> directory) {
    return new PodPresence(
        id -> directory.stream().anyMatch(names -> names.listed(id)), System::nanoTime);
  }

  @Bean
  Retirement myelinRetirement(ClusterProcess process) {
    return new Retirement(process);
  }

  /// Who is there while pubsub has not answered yet, where Spring Cloud's discovery can tell.
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(DiscoveryClient.class)
  static class Meanwhile {

    @Bean
    SmartInitializingSingleton myelinStandbyDiscovery(
        MembershipFeed feed,
        ObjectProvider<DiscoveryClient> clients,
        MyelinProperties properties,
        Environment environment) {
      return () -> {
        var standby = new StandbyDiscovery(clients.orderedStream().toList(), properties.port());
        boolean core =
            ProcessRole.of(Hosting.of(environment)).filter(Role.CORE::equals).isPresent();
        if (!core && standby.present()) {
          feed.meanwhile(standby::instances);
        }
      };
    }
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
