package dev.myelin.autoconfigure;

import dev.myelin.Microservice;
import dev.myelin.contract.ServiceContract;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.contract.ServiceDeclaration;
import dev.myelin.wire.Orchestrator;
import dev.myelin.wire.PubSub;
import dev.myelin.wire.Stethoscope;
import dev.myelin.wire.Topics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotation;

/// Finds the services of which this application has the interface and no bean: those of other
/// applications that it injects, and the platform's own.
final class CalledServices {

  private static final List<Class<?>> PLATFORM =
      List.of(Orchestrator.class, PubSub.class, Stethoscope.class, Topics.class);

  private final ConfigurableListableBeanFactory beans;
  private final ServiceContracts contracts;

  CalledServices(ConfigurableListableBeanFactory beans, ServiceContracts contracts) {
    this.beans = beans;
    this.contracts = contracts;
  }

  /// A service that is only called.
  ///
  /// @param type type that is injected, with generics
  /// @param contract the service, with that type
  record Called(ResolvableType type, ServiceContract contract) {}

  /// The services, in order of their names.
  List<Called> find() {
    var types = new LinkedHashSet<>(new InjectionPoints(beans).interfaces());
    PLATFORM.forEach(type -> types.add(ResolvableType.forClass(type)));
    var found = new ArrayList<Called>();
    for (var type : types) {
      ServiceScanner.declaration(type)
          .filter(_ -> missing(type) && found.stream().noneMatch(called -> matches(called, type)))
          .ifPresent(annotation -> found.add(read(type, annotation)));
    }
    found.sort(Comparator.comparing(called -> called.contract().name()));
    return found;
  }

  private boolean missing(ResolvableType type) {
    return BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, type, true, false).length
        == 0;
  }

  private static boolean matches(Called called, ResolvableType type) {
    return type.isAssignableFrom(called.type());
  }

  private Called read(ResolvableType type, MergedAnnotation<Microservice> annotation) {
    var service =
        contracts.read(
            new ServiceDeclaration(
                type.toClass().getSimpleName(),
                ServiceScanner.serviceType(type, annotation),
                annotation.synthesize()));
    return new Called(
        type,
        new ServiceContract(
            service.name(), type.toClass(), service.attributes(), service.operations()));
  }
}
