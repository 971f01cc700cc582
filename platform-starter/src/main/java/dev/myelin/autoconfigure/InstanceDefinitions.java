package dev.myelin.autoconfigure;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.scheduling.annotation.ScheduledAnnotationBeanPostProcessor;

/// Makes the context of an instance lazy but for the services it hosts, and takes schedules out of
/// it: they run in the front.
final class InstanceDefinitions {

  private static final Logger log = LoggerFactory.getLogger(InstanceDefinitions.class);

  // Boot's own, which would create every bean that has a schedule
  private static final String EAGER_SCHEDULES = "scheduledBeanLazyInitializationExcludeFilter";

  private final ConfigurableListableBeanFactory beans;

  InstanceDefinitions(ConfigurableListableBeanFactory beans) {
    this.beans = beans;
  }

  /// Changes the definitions.
  ///
  /// @param hosted the services that stay eager, unless they are declared lazy
  void apply(List<ServiceBean> hosted) {
    removeSchedules();
    hosted.forEach(service -> keepEager(beans.getBeanDefinition(service.name())));
    for (var name : beans.getBeanDefinitionNames()) {
      var definition = beans.getBeanDefinition(name);
      if (FrontOnly.platform(definition)) {
        keepEager(definition);
      }
    }
    new LazyInitializationBeanFactoryPostProcessor().postProcessBeanFactory(beans);
  }

  private void removeSchedules() {
    var registry = (BeanDefinitionRegistry) beans;
    for (var name :
        beans.getBeanNamesForType(ScheduledAnnotationBeanPostProcessor.class, true, false)) {
      log.debug("Schedules run in the front, so '{}' is removed.", name);
      registry.removeBeanDefinition(name);
    }
    if (registry.containsBeanDefinition(EAGER_SCHEDULES)) {
      registry.removeBeanDefinition(EAGER_SCHEDULES);
    }
  }

  private static void keepEager(BeanDefinition definition) {
    if (definition instanceof AbstractBeanDefinition known && known.getLazyInit() == null) {
      known.setLazyInit(false);
    }
  }
}
