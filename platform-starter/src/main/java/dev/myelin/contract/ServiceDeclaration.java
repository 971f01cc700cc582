package dev.myelin.contract;

import dev.myelin.Microservice;
import dev.myelin.wire.Orchestrator;
import dev.myelin.wire.ServiceNames;
import java.util.Objects;
import java.util.regex.Pattern;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/// A place where a service is declared, before anything is derived from it.
///
/// @param bean name of the bean, for messages and, for a function, the default name
/// @param type what callers inject, with its generics
/// @param annotation the annotation with its aliases resolved
public record ServiceDeclaration(String bean, ResolvableType type, Microservice annotation) {

  private static final Pattern NAME_FORM = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final String FUNCTIONS = "java.util.function";

  /// The class or interface, without what a container generated around it.
  public Class<?> rawType() {
    return ClassUtils.getUserClass(type.toClass());
  }

  /// Name of the service.
  ///
  /// @throws InvalidServiceException if it is malformed or belongs to the platform
  public String name() {
    var declared = annotation.value().isEmpty() ? annotation.name() : annotation.value();
    var name = declared.isEmpty() ? KebabCase.of(defaultSource()) : declared;
    if (!NAME_FORM.matcher(name).matches()) {
      throw invalid(
          "its service name '%s' does not match %s".formatted(name, NAME_FORM.pattern()),
          "Give it a name of lower-case letters, digits and single hyphens:"
              + " @Microservice(\"price-list\").");
    }
    if (ServiceNames.reserved(name) && !platformType()) {
      throw invalid(
          "the service name '%s' belongs to the platform".formatted(name),
          "Give it another name with @Microservice(\"…\"): '%s' and names that start with '%s' are"
                  .formatted(ServiceNames.FRONT, ServiceNames.RESERVED_PREFIX)
              + " reserved.");
    }
    return name;
  }

  /// Whether the type is one of the interfaces by which the processes of a cluster talk.
  public boolean platformType() {
    return rawType().getPackage() == Orchestrator.class.getPackage();
  }

  /// Whether the type is one of the JDK's functional interfaces.
  boolean function() {
    return rawType().isInterface() && rawType().getPackageName().equals(FUNCTIONS);
  }

  /// An exception about this declaration.
  ///
  /// @param reason why it cannot be a service, as a clause
  /// @param remedy what to do, as a sentence
  public InvalidServiceException invalid(String reason, String remedy) {
    return new InvalidServiceException(
        "Bean '%s' of type '%s' cannot be a service: %s.".formatted(bean, type, reason), remedy);
  }

  private String defaultSource() {
    return function() ? bean : Objects.requireNonNull(rawType()).getSimpleName();
  }
}
