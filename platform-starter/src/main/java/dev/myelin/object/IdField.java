package dev.myelin.object;

import dev.myelin.ObjectId;
import dev.myelin.contract.InvalidServiceException;
import dev.myelin.storage.ObjectKey;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/// The field of a class that holds the ids of its objects. Immutable.
///
/// @param field accessible, of one of the types that ids have
record IdField(Field field) {

  // by name, because an application need not have the libraries
  private static final List<String> OTHERS =
      List.of("org.springframework.data.annotation.Id", "jakarta.persistence.Id");

  private static final List<Class<?>> TYPES =
      List.of(String.class, UUID.class, long.class, Long.class, int.class, Integer.class);

  /// Finds the field.
  ///
  /// @throws InvalidServiceException if there is none, or several, or of another type
  static IdField of(Class<?> type) {
    var found = fields(type);
    if (found.size() != 1) {
      throw invalid(
          type,
          found.isEmpty()
              ? "no field is its id"
              : "the fields %s are all marked as its id"
                  .formatted(found.stream().map(Field::getName).toList()),
          "Mark one field with @ObjectId.");
    }
    var field = found.getFirst();
    if (!TYPES.contains(field.getType()) || Modifier.isStatic(field.getModifiers())) {
      throw invalid(
          type,
          "its id '%s' is of type '%s'".formatted(field.getName(), field.getType().getName()),
          "An id is a String, a UUID, a long or an int.");
    }
    field.setAccessible(true);
    return new IdField(field);
  }

  private static List<Field> fields(Class<?> type) {
    var own = new ArrayList<Field>();
    var others = new ArrayList<Field>();
    for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
      for (var field : each.getDeclaredFields()) {
        if (field.isAnnotationPresent(ObjectId.class)) {
          own.add(field);
        } else if (Arrays.stream(field.getAnnotations())
            .anyMatch(annotation -> OTHERS.contains(annotation.annotationType().getName()))) {
          others.add(field);
        }
      }
    }
    return own.isEmpty() ? others : own;
  }

  private static InvalidServiceException invalid(Class<?> type, String reason, String remedy) {
    return new InvalidServiceException(
        "Instances of '%s' cannot be objects: %s.".formatted(type.getName(), reason), remedy);
  }

  /// The key of an id.
  ///
  /// @throws IllegalArgumentException if it can be no id
  ObjectKey key(String type, Object id) {
    var key = new ObjectKey(type, String.valueOf(id));
    var value = value(key.id(), type);
    if (!String.valueOf(value).equals(key.id())) {
      throw new IllegalArgumentException(
          "'%s' is no id of an object of type '%s': did you mean '%s'?"
              .formatted(key.id(), type, value));
    }
    return key;
  }

  private Object value(String id, String type) {
    try {
      if (field.getType() == UUID.class) {
        return UUID.fromString(id);
      }
      if (field.getType() == String.class) {
        return id;
      }
      return field.getType() == long.class || field.getType() == Long.class
          ? (Object) Long.parseLong(id)
          : Integer.parseInt(id);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'%s' is no id of an object of type '%s': expected a %s"
              .formatted(id, type, field.getType().getSimpleName()),
          e);
    }
  }

  /// The key of an instance; gives it a random id where it has none yet and can have one.
  ///
  /// @throws IllegalArgumentException if it has none
  ObjectKey keyOf(String type, Object instance) {
    try {
      var value = field.get(instance);
      if (value == null && field.getType() == UUID.class) {
        value = UUID.randomUUID();
        field.set(instance, value);
      } else if (value == null && field.getType() == String.class) {
        value = UUID.randomUUID().toString();
        field.set(instance, value);
      }
      if (value == null) {
        throw new IllegalArgumentException(
            "An object of type '%s' has no id: set '%s' before it is created."
                .formatted(type, field.getName()));
      }
      return new ObjectKey(type, value.toString());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("'%s' is not accessible".formatted(field), e);
    }
  }

  /// Sets the id of an instance.
  void set(Object instance, ObjectKey key) {
    try {
      field.set(instance, value(key.id(), key.type()));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("'%s' is not accessible".formatted(field), e);
    }
  }
}
