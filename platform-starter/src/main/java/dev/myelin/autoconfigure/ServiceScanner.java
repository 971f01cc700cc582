package dev.myelin.autoconfigure;

import dev.myelin.Microservice;
import dev.myelin.contract.InvalidServiceException;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.contract.ServiceDeclaration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;

/// Finds the services among bean definitions, without creating a bean.
///
/// A bean is a service if its `@Bean` method, its class (or one that it extends), or an interface
/// of it is annotated [Microservice], in this order of precedence. Where it is the interface,
/// callers need only that, so the interface is the service's type.
final class ServiceScanner {

  private static final Logger log = LoggerFactory.getLogger(ServiceScanner.class);

  private final ConfigurableListableBeanFactory beans;
  private final ServiceContracts contracts;

  ServiceScanner(ConfigurableListableBeanFactory beans, ServiceContracts contracts) {
    this.beans = beans;
    this.contracts = contracts;
  }

  /// The services, in order of their names.
  ///
  /// @throws InvalidServiceException if one is declared wrongly, or two have the same name
  List<ServiceBean> scan() {
    var byService = new TreeMap<String, List<ServiceBean>>();
    for (var name : beans.getBeanDefinitionNames()) {
      read(name)
          .ifPresent(bean ->
              byService.computeIfAbsent(bean.contract().name(), _ -> new ArrayList<>()).add(bean));
    }
    byService.forEach(ServiceScanner::requireOne);
    return byService.values().stream().map(List::getFirst).toList();
  }

  private Optional<ServiceBean> read(String name) {
    var definition = beans.getBeanDefinition(name);
    if (definition.isAbstract() || ScopedProxyUtils.isScopedTarget(name)) {
      return Optional.empty();
    }
    var type = type(name);
    if (type == null) {
      return Optional.empty();
    }
    var onMethod = onFactoryMethod(definition);
    if (onMethod != null) {
      return Optional.of(read(name, type, type, onMethod));
    }
    return declaration(type)
        .map(annotation -> read(name, type, serviceType(type, annotation), annotation));
  }

  private ServiceBean read(
      String name,
      ResolvableType type,
      ResolvableType serviceType,
      MergedAnnotation<Microservice> annotation) {
    var declaration = new ServiceDeclaration(name, serviceType, annotation.synthesize());
    return new ServiceBean(name, type, contracts.read(declaration));
  }

  /// The annotation on a type or on what it extends or implements; empty if there is none.
  ///
  /// @param type type of a bean or of an injection point
  static Optional<MergedAnnotation<Microservice>> declaration(ResolvableType type) {
    var annotation =
        MergedAnnotations.from(type.toClass(), SearchStrategy.TYPE_HIERARCHY)
            .get(Microservice.class);
    return annotation.isPresent() ? Optional.of(annotation) : Optional.empty();
  }

  /// The service's type: the annotated interface where there is one, else the type itself.
  ///
  /// @param type type of a bean or of an injection point
  /// @param annotation where it was found
  static ResolvableType serviceType(
      ResolvableType type, MergedAnnotation<Microservice> annotation) {
    return annotation.getSource() instanceof Class<?> source && source.isInterface()
        ? type.as(source)
        : type;
  }

  private static @Nullable MergedAnnotation<Microservice> onFactoryMethod(
      BeanDefinition definition) {
    var method =
        definition instanceof AnnotatedBeanDefinition annotated
            ? annotated.getFactoryMethodMetadata()
            : null;
    if (method == null) {
      return null;
    }
    var annotation = method.getAnnotations().get(Microservice.class);
    return annotation.isPresent() ? annotation : null;
  }

  private @Nullable ResolvableType type(String name) {
    try {
      var type = beans.getType(name, false);
      if (type == null) {
        return null;
      }
      var generic = beans.getMergedBeanDefinition(name).getResolvableType();
      var plain = ClassUtils.getUserClass(type);
      return generic.resolve() == plain ? generic : ResolvableType.forClass(plain);
    } catch (RuntimeException | LinkageError e) {
      // Spring itself says so where such a bean is needed
      log.debug("The type of bean '{}' cannot be determined; it is taken for no service.", name, e);
      return null;
    }
  }

  private static void requireOne(String service, List<ServiceBean> declared) {
    if (declared.size() == 1) {
      return;
    }
    throw new InvalidServiceException(
        "There are %d services of the name '%s': %s."
            .formatted(
                declared.size(),
                service,
                declared.stream().map(ServiceBean::toString).collect(Collectors.joining(", "))),
        "Give all but one another name with @Microservice(\"…\") on the class or the @Bean method,"
            + " or remove the annotation.");
  }

  /// The contracts of services, by their names.
  ///
  /// @param found what [#scan()] returned
  static Map<String, ServiceBean> byName(List<ServiceBean> found) {
    return found.stream().collect(Collectors.toMap(bean -> bean.contract().name(), bean -> bean));
  }
}
