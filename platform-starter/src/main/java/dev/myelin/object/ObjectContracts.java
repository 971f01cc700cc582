package dev.myelin.object;

import dev.myelin.Exclusive;
import dev.myelin.ReadOnly;
import dev.myelin.contract.OperationContract;
import dev.myelin.contract.ServiceContract;
import dev.myelin.contract.ServiceContracts;
import dev.myelin.wire.ApplicationDescription.Rules;
import dev.myelin.wire.ApplicationDescription.Service;
import dev.myelin.wire.codec.Codec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The contract of the service that a type of objects has.
final class ObjectContracts {

  private static final Codec.Field ID = new Codec.Field(OperationContract.OBJECT, String.class);

  private ObjectContracts() {}

  /// The service of a type: each method with the object's id before its parameters, and the
  /// operations of [ObjectAccess].
  ///
  /// @param declared the type's public methods as operations
  static ServiceContract service(ServiceContract declared) {
    var operations = new ArrayList<OperationContract>();
    declared.operations().forEach(operation -> operations.add(ofObject(operation)));
    for (var operation : ServiceContracts.of(ObjectAccess.class).operations()) {
      operations.add(ofType(operation, declared));
    }
    return new ServiceContract(declared.name(), declared.type(), declared.attributes(), operations);
  }

  private static OperationContract ofObject(OperationContract operation) {
    var parameters = new ArrayList<>(List.of(ID));
    parameters.addAll(operation.parameters());
    var method = operation.method();
    var rules = operation.rules();
    boolean idempotent =
        method.isAnnotationPresent(ReadOnly.class)
            || (rules.idempotent() && !method.isAnnotationPresent(Exclusive.class));
    return new OperationContract(
        operation.key(),
        method,
        parameters,
        operation.result(),
        new Rules(idempotent, rules.timeout()),
        false);
  }

  // a key that no method of the class can have
  private static OperationContract ofType(OperationContract operation, ServiceContract declared) {
    var timeout =
        declared.operations().stream()
            .map(each -> each.rules().timeout())
            .max(Comparator.naturalOrder())
            .orElse(operation.rules().timeout());
    return new OperationContract(
        Service.OBJECTS + operation.key(),
        operation.method(),
        operation.parameters().stream()
            .map(parameter -> parameter.name().equals("id") ? ID : parameter)
            .toList(),
        operation.result(),
        new Rules(operation.rules().idempotent(), timeout),
        false);
  }
}
