package dev.myelin.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.event.SpringApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.ResolvableType;

/// Keeps an instance from calling the application's [ApplicationListener] beans for the events of
/// its start, as [InstanceEventListenerFactory] does for annotated methods.
final class InstanceListeners implements SmartInitializingSingleton {

  private final ConfigurableListableBeanFactory beans;
  private final FrontOnly frontOnly;

  InstanceListeners(ConfigurableListableBeanFactory beans, FrontOnly frontOnly) {
    this.beans = beans;
    this.frontOnly = frontOnly;
  }

  @Override
  public void afterSingletonsInstantiated() {
    var multicaster =
        beans.getBean(
            AbstractApplicationContext.APPLICATION_EVENT_MULTICASTER_BEAN_NAME,
            ApplicationEventMulticaster.class);
    multicaster.removeApplicationListenerBeans(this::frontOnly);
    for (var name : beans.getBeanNamesForType(ApplicationListener.class, true, false)) {
      if (frontOnly(name)
          && beans.containsSingleton(name)
          && beans.getBean(name) instanceof ApplicationListener<?> created) {
        multicaster.removeApplicationListener(created);
      }
    }
  }

  private boolean frontOnly(String bean) {
    var type = beans.getType(bean, false);
    return type != null
        && frontOnly.contains(bean, type)
        && startEvent(ResolvableType.forClass(type).as(ApplicationListener.class).resolveGeneric());
  }

  private static boolean startEvent(@Nullable Class<?> event) {
    return event != null && SpringApplicationEvent.class.isAssignableFrom(event);
  }
}
