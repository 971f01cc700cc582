package dev.myelin.contract;

import dev.myelin.MicroserviceObject;
import dev.myelin.wire.ApplicationDescription;
import java.util.List;

/// A service: its name, the type that callers see, and its operations.
///
/// @param name name of the service
/// @param type class or interface that callers inject
/// @param attributes what was declared of it, properties already applied
/// @param operations in order of their keys, which are unique
public record ServiceContract(
    String name,
    Class<?> type,
    ApplicationDescription.Attributes attributes,
    List<OperationContract> operations) {

  /// Copies the operations.
  public ServiceContract {
    operations = List.copyOf(operations);
  }

  /// Whether it is the service of a type of objects.
  public boolean ofObjects() {
    return type.isAnnotationPresent(MicroserviceObject.class);
  }

  /// Whether calls can have a sticky key: a parameter that is one, or the id of an object.
  public boolean keyed() {
    return ofObjects()
        || operations.stream().anyMatch(operation -> operation.stickyParameter() >= 0);
  }
}
