package dev.myelin.object;

import dev.myelin.storage.ObjectKey;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.objenesis.SpringObjenesis;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The fields of an object as JSON, and back. Thread-safe.
///
/// Static and `transient` fields are left out. A field that is not in the JSON keeps what the
/// constructor without parameters gave it, where there is one, and else is 0 or null; what is in
/// the JSON and is no field any more is passed over, and gone with the next write.
final class ObjectState {

  private static final SpringObjenesis OBJENESIS = new SpringObjenesis();

  private final ObjectType type;
  private final JsonMapper mapper;
  private final Map<String, Slot> slots = new LinkedHashMap<>();
  private final @Nullable Constructor<?> constructor;

  /// A field and its type.
  private record Slot(Field field, JavaType type) {}

  /// Reads the class.
  ///
  /// @param type the type
  /// @param mapper carries the values of the fields
  ObjectState(ObjectType type, JsonMapper mapper) {
    this.type = type;
    this.mapper = mapper;
    this.constructor = constructor(type.type());
    for (var field : fields(type.type())) {
      field.setAccessible(true);
      slots.put(field.getName(), new Slot(field, mapper.constructType(field.getGenericType())));
    }
  }

  private static @Nullable Constructor<?> constructor(Class<?> type) {
    try {
      var found = type.getDeclaredConstructor();
      found.setAccessible(true);
      return found;
    } catch (NoSuchMethodException _) {
      return null;
    }
  }

  /// The fields that are the state of a class's objects, those of superclasses first.
  static List<Field> fields(Class<?> type) {
    var found = new ArrayList<Field>();
    if (type.getSuperclass() != null && type.getSuperclass() != Object.class) {
      found.addAll(fields(type.getSuperclass()));
    }
    for (var field : type.getDeclaredFields()) {
      int modifiers = field.getModifiers();
      if (!Modifier.isStatic(modifiers)
          && !Modifier.isTransient(modifiers)
          && !field.isSynthetic()) {
        found.add(field);
      }
    }
    return found;
  }

  /// The state of an instance.
  ///
  /// @throws IllegalArgumentException if a field holds what cannot be stored; the message names it
  ObjectNode write(Object instance) {
    var fields = mapper.createObjectNode();
    slots.forEach((name, slot) -> {
      try {
        fields.set(name, mapper.writerFor(slot.type()).valueToTree(slot.field().get(instance)));
      } catch (JacksonException | IllegalAccessException e) {
        throw new IllegalArgumentException(
            "The field '%s' of %s cannot be stored: %s".formatted(name, type, e.getMessage()), e);
      }
    });
    return fields;
  }

  /// An instance with a state.
  ///
  /// @param key which object it is
  /// @throws IllegalArgumentException if a field cannot hold what is in the state; the message
  ///   names it
  Object read(ObjectNode fields, ObjectKey key) {
    var instance = empty();
    slots.forEach((name, slot) -> {
      var value = fields.get(name);
      if (value == null) {
        return;
      }
      try {
        slot.field().set(instance, mapper.readerFor(slot.type()).readValue(value));
      } catch (JacksonException | IllegalArgumentException | IllegalAccessException e) {
        throw new IllegalArgumentException(
            "The field '%s' of object '%s' cannot be read: %s".formatted(name, key, e.getMessage()),
            e);
      }
    });
    return instance;
  }

  private Object empty() {
    if (constructor == null) {
      return OBJENESIS.newInstance(type.type(), true);
    }
    try {
      return constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "The constructor of '%s' without parameters failed: %s"
              .formatted(type.type().getName(), e.getCause()),
          e);
    }
  }
}
