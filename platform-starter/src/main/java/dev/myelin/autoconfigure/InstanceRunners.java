package dev.myelin.autoconfigure;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.InstantiationAwareBeanPostProcessor;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.context.event.SpringApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.util.ClassUtils;

/// Keeps an instance from running the application's runners, which run in the front.
///
/// Spring Boot gets and runs all runners between the events «started» and «ready», on the thread
/// that publishes both. A runner that exists by then is a proxy whose `run` does nothing in
/// between. One that does not is not created either: something that does nothing takes its place
/// until «ready», and the bean itself is there for whoever asks later.
///
/// Other threads see the beans as they are at any time.
final class InstanceRunners
    implements InstantiationAwareBeanPostProcessor,
        ApplicationListener<SpringApplicationEvent>,
        Ordered {

  private final DefaultSingletonBeanRegistry singletons;

  @GuardedBy("this")
  private @Nullable Thread running;

  @GuardedBy("this")
  private final List<String> substituted = new ArrayList<>();

  InstanceRunners(DefaultSingletonBeanRegistry singletons) {
    this.singletons = singletons;
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public void onApplicationEvent(SpringApplicationEvent event) {
    if (event instanceof ApplicationStartedEvent) {
      open();
    } else if (event instanceof ApplicationReadyEvent) {
      close().forEach(singletons::destroySingleton);
    }
  }

  private synchronized void open() {
    running = Thread.currentThread();
  }

  private synchronized List<String> close() {
    running = null;
    var names = List.copyOf(substituted);
    substituted.clear();
    return names;
  }

  private synchronized boolean open(Thread thread) {
    return running == thread;
  }

  @Override
  public @Nullable Object postProcessBeforeInstantiation(Class<?> type, String name) {
    if (!runner(type) || !open(Thread.currentThread())) {
      return null;
    }
    synchronized (this) {
      substituted.add(name);
    }
    return new NoRunner();
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return silence(bean);
  }

  /// A bean that Spring Boot cannot run: itself if it is no runner.
  ///
  /// @param bean any bean
  Object silence(Object bean) {
    if (!runner(bean.getClass()) || bean instanceof NoRunner) {
      return bean;
    }
    var proxy = new ProxyFactory(bean);
    proxy.setProxyTargetClass(extensible(bean.getClass()));
    MethodInterceptor interceptor =
        invocation ->
            runs(invocation.getMethod()) && open(Thread.currentThread())
                ? null
                : invocation.proceed();
    proxy.addAdvice(interceptor);
    return proxy.getProxy(bean.getClass().getClassLoader());
  }

  private static boolean runner(Class<?> type) {
    return ApplicationRunner.class.isAssignableFrom(type)
        || CommandLineRunner.class.isAssignableFrom(type);
  }

  private static boolean extensible(Class<?> type) {
    return !Modifier.isFinal(type.getModifiers()) && !ClassUtils.isLambdaClass(type);
  }

  private static boolean runs(Method method) {
    return method.getName().equals("run") && method.getParameterCount() == 1;
  }

  /// Takes the place of a runner that is not to be created.
  private static final class NoRunner implements CommandLineRunner {

    @Override
    public void run(String... arguments) {}
  }
}
