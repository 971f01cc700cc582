package dev.myelin.autoconfigure;

import java.util.Set;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Contexts of the three kinds of process, with fakes for what calls and carries and without the
/// network.
final class Contexts {

  private Contexts() {}

  static ApplicationContextRunner inProcess() {
    return new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(MyelinAutoConfiguration.class))
        .withUserConfiguration(Fakes.class);
  }

  static ApplicationContextRunner front() {
    return inProcess()
        .withPropertyValues("myelin.mode=process", "myelin.cluster.folder=target/cluster");
  }

  static ApplicationContextRunner hosting(String services) {
    return front().withPropertyValues("myelin.hosts=" + services);
  }

  @Configuration(proxyBeanMethods = false)
  static class Fakes {

    private static final Set<String> NETWORK =
        Set.of(CallPathConfiguration.class.getName(), MembershipConfiguration.class.getName());

    @Bean
    static RecordingClients recordingClients() {
      return new RecordingClients();
    }

    @Bean
    static PickyCodec pickyCodec() {
      return new PickyCodec();
    }

    // what would listen, connect and look for the rest of the cluster
    @Bean
    static BeanDefinitionRegistryPostProcessor networkRemoval() {
      return registry -> {
        for (var name : registry.getBeanDefinitionNames()) {
          if (registry.getBeanDefinition(name) instanceof AnnotatedBeanDefinition definition
              && definition.getFactoryMethodMetadata() != null
              && NETWORK.contains(definition.getFactoryMethodMetadata().getDeclaringClassName())) {
            registry.removeBeanDefinition(name);
          }
        }
      };
    }
  }
}
