package dev.myelin.autoconfigure;

import dev.myelin.client.ProxyStandInFactory;
import dev.myelin.contract.InvalidServiceException;
import dev.myelin.contract.ServiceContract;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.MutablePropertyValues;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.ConstructorArgumentValues;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.beans.factory.support.MethodOverrides;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/// Turns bean definitions into definitions of stand-ins, before any bean exists.
///
/// A replaced definition keeps its place, name and aliases, and whatever decides on injection:
/// primary, fallback, order, autowire candidate, qualifiers, lazy, type with generics. It loses
/// whatever leads to the service's own code.
final class StandInDefinitions {

  private final ConfigurableListableBeanFactory beans;

  StandInDefinitions(ConfigurableListableBeanFactory beans) {
    this.beans = beans;
  }

  /// Replaces the definition of a service that is not hosted here.
  ///
  /// @param bean the service
  /// @throws InvalidServiceException if no stand-in can be made for it
  void replace(ServiceBean bean) {
    var definition = (AbstractBeanDefinition) beans.getBeanDefinition(bean.name());
    var contract = injectable(bean);
    qualify(definition, bean);
    forget(definition);
    var type = contract.type() == bean.type().toClass() ? bean.type() : interfaceOf(bean);
    supply(definition, contract, type);
    // whoever asked a factory bean for its type has left an instance of it, which would be used
    if (beans instanceof DefaultSingletonBeanRegistry registry) {
      registry.destroySingleton(bean.name());
    }
    beans.clearMetadataCache();
  }

  /// Adds a stand-in for a service of which the application has the interface alone.
  ///
  /// @param contract the service, with the type that is injected
  /// @param type the same type with generics
  void add(ServiceContract contract, ResolvableType type) {
    var definition = new RootBeanDefinition();
    definition.setLazyInit(true);
    supply(definition, contract, type);
    ((BeanDefinitionRegistry) beans).registerBeanDefinition("stand-in of " + type, definition);
  }

  // callers may inject the class even where its interface is the service, so the stand-in is of the
  // class wherever it can be
  private static ServiceContract injectable(ServiceBean bean) {
    var service = bean.contract();
    var type = bean.type().toClass();
    var byClass =
        new ServiceContract(service.name(), type, service.attributes(), service.operations());
    var obstacle = ProxyStandInFactory.obstacle(byClass);
    if (obstacle.isEmpty()) {
      return byClass;
    }
    if (service.type() != type && ProxyStandInFactory.obstacle(service).isEmpty()) {
      return service;
    }
    throw new InvalidServiceException(
        "Service '%s', %s, is not hosted in this process and needs a stand-in, but %s."
            .formatted(service.name(), bean, obstacle.get()),
        "Remove the modifier, or annotate an interface of it with @Microservice and inject that.");
  }

  private static ResolvableType interfaceOf(ServiceBean bean) {
    return bean.type().as(bean.contract().type());
  }

  private void qualify(AbstractBeanDefinition definition, ServiceBean bean) {
    var merged = beans.getMergedBeanDefinition(bean.name());
    if (merged instanceof RootBeanDefinition root && root.getResolvedFactoryMethod() != null) {
      qualify(definition, root.getResolvedFactoryMethod());
    }
    qualify(definition, bean.type().toClass());
  }

  private static void qualify(AbstractBeanDefinition definition, AnnotatedElement element) {
    MergedAnnotations.from(element, SearchStrategy.INHERITED_ANNOTATIONS).stream()
        .filter(StandInDefinitions::qualifier)
        .map(MergedAnnotation::synthesize)
        .filter(annotation -> !definition.hasQualifier(annotation.annotationType().getName()))
        .forEach(annotation -> definition.addQualifier(copy(annotation)));
  }

  private static boolean qualifier(MergedAnnotation<?> annotation) {
    var type = annotation.getType();
    return annotation.getDistance() == 0
        && (type == Qualifier.class
            || type.isAnnotationPresent(Qualifier.class)
            || List.of(type.getAnnotations()).stream()
                .anyMatch(
                    meta -> meta.annotationType().getName().equals("jakarta.inject.Qualifier")));
  }

  private static AutowireCandidateQualifier copy(Annotation annotation) {
    var qualifier = new AutowireCandidateQualifier(annotation.annotationType());
    AnnotationUtils.getAnnotationAttributes(annotation).forEach(qualifier::setAttribute);
    return qualifier;
  }

  private static void forget(AbstractBeanDefinition definition) {
    definition.setFactoryBeanName(null);
    definition.setFactoryMethodName(null);
    definition.setConstructorArgumentValues(new ConstructorArgumentValues());
    definition.setPropertyValues(new MutablePropertyValues());
    definition.setMethodOverrides(new MethodOverrides());
    definition.setInitMethodNames((String[]) null);
    definition.setDestroyMethodNames((String[]) null);
    definition.setDependsOn((String[]) null);
    definition.setScope(BeanDefinition.SCOPE_SINGLETON);
    definition.setAutowireMode(AbstractBeanDefinition.AUTOWIRE_NO);
    if (definition instanceof RootBeanDefinition root) {
      root.setResolvedFactoryMethod(null);
      root.setDecoratedDefinition(null);
    }
  }

  private void supply(
      AbstractBeanDefinition definition, ServiceContract contract, ResolvableType type) {
    definition.setBeanClass(StandInFactoryBean.class);
    definition.setInstanceSupplier(() -> new StandInFactoryBean<>(beans, contract));
    definition.setSynthetic(true);
    definition.setAttribute(FactoryBean.OBJECT_TYPE_ATTRIBUTE, type);
    // whoever looks for annotated methods (event listeners) must not find those of the service
    definition.setAttribute(AutoProxyUtils.ORIGINAL_TARGET_CLASS_ATTRIBUTE, Object.class);
    if (definition instanceof RootBeanDefinition root) {
      root.setTargetType(ResolvableType.forClassWithGenerics(StandInFactoryBean.class, type));
    }
  }
}
