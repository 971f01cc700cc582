package dev.myelin.autoconfigure;

import dev.myelin.contract.InvalidServiceException;
import dev.myelin.contract.OperationKey;
import java.lang.reflect.Method;
import java.util.Set;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.annotation.ScheduledAnnotationBeanPostProcessor;
import org.springframework.scheduling.annotation.Schedules;
import org.springframework.util.ReflectionUtils.MethodFilter;

/// Runs the `@Scheduled` methods of services that are hosted elsewhere, by calling them there.
///
/// Schedules run in the front, and only there, so that each runs once however many instances a
/// service has. No post-processor sees a stand-in, so the one for schedules is shown them here.
final class StandInSchedules implements SmartInitializingSingleton {

  private static final MethodFilter SCHEDULED =
      method ->
          !AnnotatedElementUtils.getMergedRepeatableAnnotations(
                  method, Scheduled.class, Schedules.class)
              .isEmpty();

  private final BeanFactory beans;
  private final ServiceDefinitions services;
  private final ObjectProvider<ScheduledAnnotationBeanPostProcessor> processors;

  StandInSchedules(
      BeanFactory beans,
      ServiceDefinitions services,
      ObjectProvider<ScheduledAnnotationBeanPostProcessor> processors) {
    this.beans = beans;
    this.services = services;
    this.processors = processors;
  }

  @Override
  public void afterSingletonsInstantiated() {
    processors.ifAvailable(
        processor -> services.elsewhere().forEach(service -> schedule(service, processor)));
  }

  private void schedule(ServiceBean service, ScheduledAnnotationBeanPostProcessor processor) {
    var methods = MethodIntrospector.selectMethods(service.type().toClass(), SCHEDULED);
    if (methods.isEmpty()) {
      return;
    }
    requireOperations(service, methods);
    var standIn = beans.getBean(service.name());
    if (!service.type().toClass().isInstance(standIn)) {
      throw unreachable(service, "no stand-in of its class can be made");
    }
    processor.postProcessAfterInitialization(standIn, service.name());
  }

  private static void requireOperations(ServiceBean service, Set<Method> methods) {
    for (var method : methods) {
      var key = OperationKey.of(method, service.type());
      if (service.contract().operations().stream()
          .noneMatch(operation -> operation.key().equals(key))) {
        throw unreachable(service, "'%s' is none of its operations".formatted(key));
      }
    }
  }

  private static InvalidServiceException unreachable(ServiceBean service, String reason) {
    return new InvalidServiceException(
        "The schedule of service '%s', %s, runs in the front and would call the service, but %s."
            .formatted(service.contract().name(), service, reason),
        "Make the @Scheduled method public and part of the service's interface, if it has one; or"
            + " move the schedule to another bean.");
  }
}
