package dev.myelin.autoconfigure;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Objects;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.event.SpringApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ApplicationListenerMethodAdapter;
import org.springframework.context.event.EventListener;
import org.springframework.context.event.EventListenerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;

/// Keeps an instance from calling the application's `@EventListener` methods for the events of its
/// start (`ApplicationReadyEvent` and the like), but for those of the services it hosts.
final class InstanceEventListenerFactory implements EventListenerFactory, Ordered {

  private final FrontOnly frontOnly;

  InstanceEventListenerFactory(FrontOnly frontOnly) {
    this.frontOnly = frontOnly;
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public boolean supportsMethod(Method method) {
    var annotation =
        Objects.requireNonNull(
            AnnotatedElementUtils.findMergedAnnotation(method, EventListener.class));
    var types =
        annotation.classes().length == 0 ? method.getParameterTypes() : annotation.classes();
    return types.length > 0
        && Arrays.stream(types).allMatch(SpringApplicationEvent.class::isAssignableFrom);
  }

  @Override
  public ApplicationListener<?> createApplicationListener(
      String bean, Class<?> type, Method method) {
    return frontOnly.contains(bean, type)
        ? new Deaf()
        : new ApplicationListenerMethodAdapter(bean, type, method);
  }

  /// Listens to nothing.
  private static final class Deaf implements ApplicationListener<ApplicationReadyEvent> {

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {}
  }
}
