package dev.myelin.object;

import dev.myelin.contract.ServiceContracts;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The types of objects that an application has, by their classes. Thread-safe.
///
/// A class that no bean definition led to is read when it is first met: objects of other
/// applications can be referred to by whoever has their class.
public final class ObjectTypes {

  private final Map<Class<?>, ObjectType> types = new ConcurrentHashMap<>();

  /// Creates a set.
  ///
  /// @param declared the application's own
  public ObjectTypes(List<ObjectType> declared) {
    declared.forEach(type -> types.put(type.type(), type));
  }

  /// The type whose objects are instances of a class.
  ///
  /// @param type a class, or the class of a stand-in
  /// @throws IllegalArgumentException if it is none
  ObjectType get(Class<?> type) {
    var found = ObjectType.objectClass(type);
    if (found == null) {
      throw new IllegalArgumentException(
          "'%s' is no class of objects: annotate it with @MicroserviceObject."
              .formatted(type.getName()));
    }
    return types.computeIfAbsent(found, each -> ObjectType.of(ServiceContracts.of(each)));
  }

  /// The type of an object or a stand-in for one.
  ///
  /// @throws IllegalArgumentException if it is none
  ObjectType of(Object object) {
    return get(object.getClass());
  }

  /// The application's types and those met so far.
  public List<ObjectType> known() {
    return List.copyOf(types.values());
  }
}
