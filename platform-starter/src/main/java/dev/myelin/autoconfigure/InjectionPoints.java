package dev.myelin.autoconfigure;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/// The types that bean definitions ask for: parameters of constructors and `@Bean` methods, and
/// annotated fields and methods, without creating a bean.
final class InjectionPoints {

  private static final Logger log = LoggerFactory.getLogger(InjectionPoints.class);

  // by name, because an application need not have the last two
  private static final List<String> ANNOTATIONS =
      List.of(Autowired.class.getName(), "jakarta.inject.Inject", "jakarta.annotation.Resource");

  private static final List<String> PROVIDERS =
      List.of(
          ObjectProvider.class.getName(),
          ObjectFactory.class.getName(),
          Optional.class.getName(),
          "jakarta.inject.Provider");

  private final ConfigurableListableBeanFactory beans;

  InjectionPoints(ConfigurableListableBeanFactory beans) {
    this.beans = beans;
  }

  /// The interfaces that are injected, what is asked for by a provider or an `Optional` included.
  Set<ResolvableType> interfaces() {
    var found = new LinkedHashSet<ResolvableType>();
    for (var name : beans.getBeanDefinitionNames()) {
      for (var type : types(name)) {
        if (type.toClass().isInterface()) {
          found.add(type);
        }
      }
    }
    return found;
  }

  private List<ResolvableType> types(String name) {
    var found = new ArrayList<ResolvableType>();
    try {
      var type = beans.getType(name, false);
      var method =
          beans.getMergedBeanDefinition(name) instanceof RootBeanDefinition root
              ? root.getResolvedFactoryMethod()
              : null;
      if (method != null) {
        addParameters(method, found);
      }
      if (type != null && !ClassUtils.getUserClass(type).getName().startsWith("java.")) {
        addMembers(ClassUtils.getUserClass(type), method == null, found);
      }
    } catch (RuntimeException | LinkageError e) {
      // Spring itself says so where such a bean is needed
      log.debug("What bean '{}' injects cannot be determined.", name, e);
    }
    return found;
  }

  private static void addMembers(Class<?> type, boolean constructed, List<ResolvableType> found) {
    if (constructed) {
      autowired(type.getDeclaredConstructors())
          .ifPresent(constructor -> addParameters(constructor, found));
    }
    ReflectionUtils.doWithFields(
        type,
        field -> found.add(unwrap(ResolvableType.forField(field, type))),
        InjectionPoints::injected);
    ReflectionUtils.doWithMethods(
        type, method -> addParameters(method, found), InjectionPoints::injected);
  }

  private static Optional<Constructor<?>> autowired(Constructor<?>[] constructors) {
    return constructors.length == 1
        ? Optional.of(constructors[0])
        : Arrays.stream(constructors).filter(InjectionPoints::injected).findFirst();
  }

  private static boolean injected(AnnotatedElement element) {
    var annotations = MergedAnnotations.from(element, SearchStrategy.DIRECT);
    return ANNOTATIONS.stream().anyMatch(annotations::isPresent);
  }

  private static void addParameters(Executable executable, List<ResolvableType> found) {
    for (int i = 0; i < executable.getParameterCount(); i++) {
      found.add(
          unwrap(ResolvableType.forMethodParameter(MethodParameter.forExecutable(executable, i))));
    }
  }

  private static ResolvableType unwrap(ResolvableType type) {
    return PROVIDERS.contains(type.toClass().getName()) ? unwrap(type.getGeneric()) : type;
  }
}
