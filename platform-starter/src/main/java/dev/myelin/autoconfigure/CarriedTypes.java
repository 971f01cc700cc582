package dev.myelin.autoconfigure;

import dev.myelin.contract.InvalidServiceException;
import dev.myelin.contract.OperationContract;
import dev.myelin.object.ObjectType;
import dev.myelin.wire.codec.Codec;
import dev.myelin.wire.codec.UncarriableTypeException;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Checks that the arguments and results of every operation can be carried.
///
/// What a service inherits from a library its author cannot change, and callers rarely need all of
/// it: such an operation stops nothing, it fails when another process calls it.
final class CarriedTypes {

  private static final Logger log = LoggerFactory.getLogger(CarriedTypes.class);

  private final Codec codec;

  CarriedTypes(Codec codec) {
    this.codec = codec;
  }

  /// The operations that cannot be called from another process although they should, each with the
  /// reason; empty if all can.
  ///
  /// @param services services of the application
  List<String> problems(List<ServiceBean> services) {
    var problems = new ArrayList<String>();
    for (var service : services) {
      for (var operation : service.contract().operations()) {
        var problem = inherited(service, operation) ? null : problem(operation);
        if (problem != null) {
          problems.add(
              "operation '%s' of service '%s' (%s): %s"
                  .formatted(operation.key(), service.contract().name(), service, problem));
        }
      }
    }
    return problems;
  }

  /// Fails if an operation cannot be called from another process.
  ///
  /// @param services services of the application
  /// @throws InvalidServiceException naming every such operation
  void require(List<ServiceBean> services) {
    var problems = problems(services);
    if (!problems.isEmpty()) {
      throw new InvalidServiceException(
          "Arguments or results cannot be carried between processes:%n- %s"
              .formatted(String.join("%n- ".formatted(), problems)),
          "Declare parameters and results as records, sealed types, enums, collections, or types of"
              + " the JDK that hold values; or take @Microservice off the bean; or make the method"
              + " package-private, if no other bean calls it.");
    }
    services.forEach(this::reportInherited);
  }

  /// Fails if a field of an object can hold what cannot be stored.
  ///
  /// @param types the types of the objects
  /// @throws InvalidServiceException naming every such field
  void requireFields(List<ObjectType> types) {
    var problems = new ArrayList<String>();
    for (var type : types) {
      for (var field : type.fields()) {
        try {
          codec.schema(field.type());
        } catch (UncarriableTypeException e) {
          problems.add("field '%s' of %s: %s".formatted(field.name(), type, e.getMessage()));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidServiceException(
          "Fields of objects cannot be stored:%n- %s"
              .formatted(String.join("%n- ".formatted(), problems)),
          "Declare them as records, sealed types, enums, collections, other objects, or types of"
              + " the JDK that hold values; or make a field that is not part of the state"
              + " transient.");
    }
  }

  private void reportInherited(ServiceBean service) {
    var operations =
        service.contract().operations().stream()
            .filter(operation -> inherited(service, operation) && problem(operation) != null)
            .map(OperationContract::key)
            .toList();
    if (!operations.isEmpty()) {
      log.info(
          "operations only for the process that hosts them service={} operations={}",
          service.contract().name(),
          operations);
    }
  }

  // declared by other code than the service itself
  private static boolean inherited(ServiceBean service, OperationContract operation) {
    var declaring = operation.method().getDeclaringClass();
    return declaring != service.contract().type()
        && !Objects.equals(origin(declaring), origin(service.contract().type()));
  }

  private static @Nullable Object origin(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return source == null || source.getLocation() == null ? null : source.getLocation().toString();
  }

  private @Nullable String problem(OperationContract operation) {
    try {
      codec.schema(operation.parameters());
      if (operation.result().type() != void.class) {
        codec.schema(operation.result().type());
      }
      return null;
    } catch (UncarriableTypeException e) {
      return e.getMessage();
    }
  }
}
