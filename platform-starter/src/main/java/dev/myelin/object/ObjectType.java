package dev.myelin.object;

import dev.myelin.MicroserviceObject;
import dev.myelin.contract.OperationContract;
import dev.myelin.contract.ServiceContract;
import dev.myelin.storage.ObjectKey;
import dev.myelin.wire.codec.Codec;
import java.lang.reflect.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A class whose instances are objects. Immutable.
public final class ObjectType {

  private final ServiceContract declared;
  private final ServiceContract service;
  private final IdField id;

  private ObjectType(ServiceContract declared, IdField id) {
    this.declared = declared;
    this.service = ObjectContracts.service(declared);
    this.id = id;
  }

  /// Reads a type.
  ///
  /// @param declared the class's public methods as operations
  /// @throws dev.myelin.contract.InvalidServiceException if its instances cannot be objects
  public static ObjectType of(ServiceContract declared) {
    ObjectTypeCheck.require(declared);
    return new ObjectType(declared, IdField.of(declared.type()));
  }

  /// The class of objects that a class is, or that it is a stand-in for; null if it is none.
  ///
  /// @param type any class
  static @Nullable Class<?> objectClass(Class<?> type) {
    for (var each = type; each != null; each = each.getSuperclass()) {
      if (each.isAnnotationPresent(MicroserviceObject.class)) {
        return each;
      }
      if (!each.getName().contains("$$StandIn$$")) {
        return null;
      }
    }
    return null;
  }

  /// Name of the type and of its service.
  public String name() {
    return declared.name();
  }

  /// The class.
  public Class<?> type() {
    return declared.type();
  }

  /// Its public methods as operations, as a stand-in has them.
  ServiceContract declared() {
    return declared;
  }

  /// Its service: what is called in another process. Each operation has the object's id before its
  /// own parameters; beside them there are those of [ObjectAccess].
  public ServiceContract service() {
    return service;
  }

  /// The operation of the service that a declared one is.
  OperationContract operation(String key) {
    return find(service.operations(), key);
  }

  private static OperationContract find(List<OperationContract> operations, String key) {
    return operations.stream().filter(each -> each.key().equals(key)).findFirst().orElseThrow();
  }

  /// The key of an id.
  ///
  /// @param id text or whatever type the id field has
  /// @throws IllegalArgumentException if the text cannot be an id of this type
  ObjectKey key(Object id) {
    return this.id.key(name(), id);
  }

  /// The key of an instance; gives it a random id where it has none yet.
  ObjectKey keyOf(Object instance) {
    return id.keyOf(name(), instance);
  }

  /// The fields that are the state of its objects, with their types.
  public List<Codec.Field> fields() {
    return ObjectState.fields(type()).stream()
        .map(field -> new Codec.Field(field.getName(), field.getGenericType()))
        .toList();
  }

  /// The field that holds the id.
  Field idField() {
    return id.field();
  }

  @Override
  public String toString() {
    return "object type '%s' (%s)".formatted(name(), type().getName());
  }
}
