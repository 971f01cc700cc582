package dev.myelin.object;

import dev.myelin.Exclusive;
import dev.myelin.ReadOnly;
import dev.myelin.client.ProxyStandInFactory;
import dev.myelin.contract.InvalidServiceException;
import dev.myelin.contract.OperationContract;
import dev.myelin.contract.ServiceContract;
import dev.myelin.storage.ObjectKey;
import java.lang.reflect.Modifier;

/// Checks that the instances of a class can be objects.
final class ObjectTypeCheck {

  private ObjectTypeCheck() {}

  /// Fails if they cannot.
  ///
  /// @throws InvalidServiceException saying why, and what to do
  static void require(ServiceContract declared) {
    var type = declared.type();
    if (type.isInterface() || type.isEnum() || Modifier.isAbstract(type.getModifiers())) {
      throw invalid(declared, "it is no class with instances", "Annotate a plain class.");
    }
    if (type.isRecord()) {
      throw invalid(
          declared,
          "it is a record, which is final and never changes",
          "Make it a class with fields, or pass the record by value.");
    }
    if (type.getTypeParameters().length > 0) {
      throw invalid(declared, "it has type parameters", "Make a class without them.");
    }
    ProxyStandInFactory.obstacle(declared)
        .ifPresent(obstacle -> {
          throw invalid(
              declared, obstacle + ", so nothing can stand in for one", "Remove the modifier.");
        });
    requireName(declared);
    declared.operations().forEach(operation -> require(declared, operation));
  }

  private static void requireName(ServiceContract declared) {
    try {
      var _ = new ObjectKey(declared.name(), "1");
    } catch (IllegalArgumentException e) {
      throw invalid(
          declared,
          "its name is no name of a type (%s)".formatted(e.getMessage()),
          "Give it another one with @MicroserviceObject(\"…\").");
    }
  }

  private static void require(ServiceContract declared, OperationContract operation) {
    if (operation.result().kind() != OperationContract.Kind.VALUE) {
      throw invalid(
          declared,
          "its operation '%s' returns a future or a stream".formatted(operation.key()),
          "Return the value: the object is stored when the operation returns.");
    }
    if (operation.method().isAnnotationPresent(ReadOnly.class)
        && operation.method().isAnnotationPresent(Exclusive.class)) {
      throw invalid(
          declared,
          "its operation '%s' is both @ReadOnly and @Exclusive".formatted(operation.key()),
          "Remove one of the two: what changes nothing needs no turn.");
    }
  }

  private static InvalidServiceException invalid(
      ServiceContract declared, String reason, String remedy) {
    return new InvalidServiceException(
        "Instances of '%s' cannot be objects: %s.".formatted(declared.type().getName(), reason),
        remedy);
  }
}
