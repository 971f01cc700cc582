package dev.myelin.autoconfigure;

import java.util.ArrayList;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/// What an instance leaves to the front.
@Configuration(proxyBeanMethods = false)
@Conditional(OnInstanceCondition.class)
class InstanceConfiguration {

  @Bean
  static InstanceRunners instanceRunners(DefaultListableBeanFactory beans) {
    return new InstanceRunners(beans);
  }

  @Bean
  static FrontOnly frontOnly(DefaultListableBeanFactory beans, ServiceDefinitions services) {
    return new FrontOnly(beans, services::hosts);
  }

  @Bean
  static InstanceEventListenerFactory instanceEventListenerFactory(FrontOnly frontOnly) {
    return new InstanceEventListenerFactory(frontOnly);
  }

  @Bean
  static InstanceListeners instanceListeners(
      DefaultListableBeanFactory beans, FrontOnly frontOnly) {
    return new InstanceListeners(beans, frontOnly);
  }

  /// The HTTP port, where there is one.
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
  @ConditionalOnClass(FilterRegistrationBean.class)
  static class Http {

    @Bean
    FilterRegistrationBean<ActuatorOnlyFilter> actuatorOnlyFilter(Environment environment) {
      var dispatcher = trimmed(environment.getProperty("spring.mvc.servlet.path", ""));
      var paths = new ArrayList<String>();
      paths.add(
          dispatcher
              + trimmed(
                  environment.getProperty("management.endpoints.web.base-path", "/actuator")));
      if (environment.getProperty(
          "management.endpoint.health.probes.add-additional-paths", Boolean.class, false)) {
        paths.add("/livez");
        paths.add("/readyz");
      }
      var registration = new FilterRegistrationBean<>(new ActuatorOnlyFilter(paths));
      registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
      return registration;
    }

    private static String trimmed(String path) {
      return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
  }
}
