package dev.myelin.autoconfigure;

import dev.myelin.contract.ServiceContracts;
import dev.myelin.wire.ApplicationDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/// Describes the application whose bean definitions it sees.
final class DescriptionSource {

  private final ConfigurableListableBeanFactory beans;
  private final Environment environment;

  DescriptionSource(ConfigurableListableBeanFactory beans, Environment environment) {
    this.beans = beans;
    this.environment = environment;
  }

  /// The description.
  ///
  /// @param services the application's services, in order of their names
  ApplicationDescription describe(List<ServiceBean> services) {
    var main = mainClass();
    var name = environment.getProperty("spring.application.name", "");
    return new ApplicationDescription(
        name.isBlank() ? (main == null ? "application" : main.getSimpleName()) : name,
        BuildFingerprint.of(environment.getProperty("spring.application.version"), main),
        services.stream().map(service -> ServiceContracts.describe(service.contract())).toList());
  }

  private @Nullable Class<?> mainClass() {
    for (var name : beans.getBeanDefinitionNames()) {
      if (beans.getBeanDefinition(name) instanceof AnnotatedBeanDefinition definition
          && definition.getFactoryMethodMetadata() == null
          && definition.getMetadata().isAnnotated(SpringBootConfiguration.class.getName())) {
        var type = beans.getType(name, false);
        return type == null ? null : ClassUtils.getUserClass(type);
      }
    }
    return null;
  }
}
