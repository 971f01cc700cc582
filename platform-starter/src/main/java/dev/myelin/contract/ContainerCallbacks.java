package dev.myelin.contract;

import java.io.Closeable;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.Aware;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationListener;
import org.springframework.context.Lifecycle;
import org.springframework.context.Phased;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.core.BridgeMethodResolver;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.ClassUtils;

/// The public methods of a class that only a container calls: life cycle, injection, awareness,
/// event listeners. They are not operations of a service, and do nothing on a stand-in.
public final class ContainerCallbacks {

  private static final Set<Class<?>> INTERFACES =
      Set.of(
          InitializingBean.class,
          DisposableBean.class,
          SmartInitializingSingleton.class,
          Ordered.class,
          AutoCloseable.class,
          Closeable.class);

  private static final List<Class<?>> FAMILIES =
      List.of(Aware.class, ApplicationListener.class, Lifecycle.class, Phased.class);

  // by name, because an application need not have the last two
  private static final List<String> ANNOTATIONS =
      List.of(
          Autowired.class.getName(),
          Value.class.getName(),
          EventListener.class.getName(),
          Bean.class.getName(),
          "jakarta.annotation.PostConstruct",
          "jakarta.annotation.PreDestroy",
          "jakarta.annotation.Resource",
          "jakarta.inject.Inject");

  private final Set<Method> declared;

  private ContainerCallbacks(Set<Method> declared) {
    this.declared = declared;
  }

  /// Finds the callbacks of a type.
  ///
  /// @param type class or interface of a bean
  public static ContainerCallbacks of(Class<?> type) {
    var declared = new HashSet<Method>();
    collect(type, type, declared);
    return new ContainerCallbacks(declared);
  }

  private static void collect(@Nullable Class<?> part, Class<?> type, Set<Method> found) {
    if (part == null) {
      return;
    }
    if (part.isInterface() && called(part)) {
      for (var method : part.getMethods()) {
        found.add(method);
        found.add(ClassUtils.getMostSpecificMethod(method, type));
        found.add(BridgeMethodResolver.getMostSpecificMethod(method, type));
      }
    }
    collect(part.getSuperclass(), type, found);
    for (var parent : part.getInterfaces()) {
      collect(parent, type, found);
    }
  }

  private static boolean called(Class<?> contract) {
    return INTERFACES.contains(contract)
        || (contract.getName().startsWith("org.springframework.")
            && FAMILIES.stream().anyMatch(family -> family.isAssignableFrom(contract)));
  }

  /// Whether only a container calls a method.
  ///
  /// @param method a method of the type
  public boolean contains(Method method) {
    if (declared.contains(method)) {
      return true;
    }
    var annotations = MergedAnnotations.from(method);
    return ANNOTATIONS.stream().anyMatch(annotations::isPresent);
  }
}
