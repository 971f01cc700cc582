package dev.myelin.autoconfigure;

import dev.myelin.MicroserviceObject;
import dev.myelin.contract.InvalidServiceException;
import dev.myelin.object.ObjectHost;
import dev.myelin.object.ObjectHosts;
import dev.myelin.object.ObjectType;
import dev.myelin.object.ObjectTypes;
import dev.myelin.storage.ObjectStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;

/// Turns the bean definitions of classes of objects, which are found as those of services are, into
/// what runs their objects: no bean of such a class is ever made.
final class ObjectDefinitions {

  private final ConfigurableListableBeanFactory beans;
  private final Map<String, ObjectType> types = new LinkedHashMap<>();

  ObjectDefinitions(ConfigurableListableBeanFactory beans) {
    this.beans = beans;
  }

  /// Takes the types of objects out of what was found.
  ///
  /// @param found services and types of objects
  /// @return the same, each type with the contract of its service
  /// @throws InvalidServiceException if the instances of a class cannot be objects
  List<ServiceBean> read(List<ServiceBean> found) {
    var all = new ArrayList<ServiceBean>();
    for (var bean : found) {
      if (bean.type().toClass().isAnnotationPresent(MicroserviceObject.class)) {
        var type = ObjectType.of(bean.contract());
        types.put(bean.name(), type);
        all.add(new ServiceBean(bean.name(), bean.type(), type.service()));
      } else {
        all.add(bean);
      }
    }
    return all;
  }

  /// Whether a bean is a class of objects.
  boolean contains(ServiceBean bean) {
    return types.containsKey(bean.name());
  }

  /// The types that were found.
  ObjectTypes types() {
    return new ObjectTypes(List.copyOf(types.values()));
  }

  /// Replaces the definitions.
  ///
  /// @param hosted whether a service of a given name is hosted here
  /// @param remote whether there are other processes
  /// @throws InvalidClusterException if objects would live in one process of several
  void apply(Predicate<String> hosted, boolean remote) {
    var registry = (BeanDefinitionRegistry) beans;
    var here = types.values().stream().map(ObjectType::name).filter(hosted).toList();
    if (remote && !here.isEmpty() && noStore()) {
      throw new InvalidClusterException(
          "This process hosts objects (%s), but there is no object store that it could share with other processes."
              .formatted(String.join(", ", here)),
          "Configure a store for objects, or declare a bean of type '%s'; without 'myelin.mode' objects are kept in memory."
              .formatted(ObjectStore.class.getName()));
    }
    types.forEach((name, type) -> {
      registry.removeBeanDefinition(name);
      if (hosted.test(type.name())) {
        registry.registerBeanDefinition(name, host(type));
      }
    });
  }

  private boolean noStore() {
    return beans.getBeanNamesForType(ObjectStore.class, true, false).length == 0;
  }

  private RootBeanDefinition host(ObjectType type) {
    var definition =
        new RootBeanDefinition(ObjectHost.class, () -> beans.getBean(ObjectHosts.class).host(type));
    definition.setSynthetic(true);
    definition.setAutowireCandidate(false);
    return definition;
  }
}
