package dev.myelin.autoconfigure;

import java.util.function.Predicate;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/// Tells the application's own beans, which act on its start in the front only, from those that act
/// on it in every process: Spring's, the platform's, and the services that are hosted.
final class FrontOnly {

  private static final String PLATFORM = FrontOnly.class.getPackageName() + ".";

  private final ConfigurableListableBeanFactory beans;
  private final Predicate<String> hosted;

  /// Creates one.
  ///
  /// @param beans where the beans are defined
  /// @param hosted tells by its name whether a bean is a hosted service
  FrontOnly(ConfigurableListableBeanFactory beans, Predicate<String> hosted) {
    this.beans = beans;
    this.hosted = hosted;
  }

  /// Whether a bean acts in the front only.
  ///
  /// @param bean name of the bean
  /// @param type its class
  boolean contains(String bean, Class<?> type) {
    return !hosted.test(bean)
        && !type.getName().startsWith("org.springframework.")
        && !(beans.containsBeanDefinition(bean) && platform(beans.getBeanDefinition(bean)));
  }

  /// Whether a bean is defined by the platform's auto-configuration.
  ///
  /// @param definition definition of the bean
  static boolean platform(BeanDefinition definition) {
    return definition instanceof AnnotatedBeanDefinition annotated
        && annotated.getFactoryMethodMetadata() != null
        && annotated.getFactoryMethodMetadata().getDeclaringClassName().startsWith(PLATFORM);
  }
}
