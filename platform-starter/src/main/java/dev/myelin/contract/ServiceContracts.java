package dev.myelin.contract;

import dev.myelin.Microservice;
import dev.myelin.wire.ApplicationDescription;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/// Reads contracts off Java types. Immutable.
///
/// Every public method of the type, inherited and default ones too, is an operation, but for those
/// of [Object], those that only a container calls ([ContainerCallbacks]) and the JDK's own default
/// methods (`Function.andThen`).
public final class ServiceContracts {

  private final Function<String, ServiceSettings> settings;

  /// Creates one.
  ///
  /// @param settings properties of a service, by its name
  public ServiceContracts(Function<String, ServiceSettings> settings) {
    this.settings = settings;
  }

  /// The contract of an annotated interface or class, with no property applied.
  ///
  /// @param type a type annotated [Microservice]
  /// @throws InvalidServiceException if the type cannot be a service
  /// @throws java.util.NoSuchElementException if the type is not annotated
  public static ServiceContract of(Class<?> type) {
    var annotation =
        MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY)
            .get(Microservice.class)
            .synthesize();
    return new ServiceContracts(_ -> ServiceSettings.NONE)
        .read(
            new ServiceDeclaration(
                type.getSimpleName(), ResolvableType.forClass(type), annotation));
  }

  /// The contract of a declared service.
  ///
  /// @param declaration where and how it is declared
  /// @throws InvalidServiceException if its name, an attribute or a property is wrong
  public ServiceContract read(ServiceDeclaration declaration) {
    var name = declaration.name();
    var reader = new AttributeReader(declaration, name, settings.apply(name));
    var attributes = reader.attributes();
    var operations = new OperationReader(declaration, reader).read();
    reader.checkNames(operations);
    reader.checkStickyKeys(operations);
    return new ServiceContract(name, declaration.rawType(), attributes, operations);
  }

  /// A contract in the form that is printed and sent.
  ///
  /// @param contract the contract
  public static ApplicationDescription.Service describe(ServiceContract contract) {
    return new ApplicationDescription.Service(
        contract.name(),
        contract.type().getName(),
        contract.attributes(),
        contract.operations().stream().map(ServiceContracts::describe).toList());
  }

  private static ApplicationDescription.Operation describe(OperationContract operation) {
    return new ApplicationDescription.Operation(
        operation.name(),
        operation.key(),
        operation.parameters().stream()
            .map(parameter ->
                new ApplicationDescription.Parameter(
                    parameter.name(), parameter.type().getTypeName()))
            .toList(),
        operation.result().type().getTypeName(),
        operation.rules(),
        stickyKey(operation));
  }

  // whose key an object's is, its path says
  private static @Nullable String stickyKey(OperationContract operation) {
    int parameter = operation.stickyParameter();
    return parameter < 0 || operation.ofObject()
        ? null
        : operation.parameters().get(parameter).name();
  }
}
