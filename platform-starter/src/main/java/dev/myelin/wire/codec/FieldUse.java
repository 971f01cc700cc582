package dev.myelin.wire.codec;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A field that is carried.
///
/// @param name its name on the wire: that in the source, unless a subclass hides it
/// @param field the field
/// @param type its type in the use of the class
record FieldUse(String name, Field field, TypeUse type) {

  /// The fields of a class: a record's components, or any other class's non-static, non-transient
  /// fields, superclasses first, each in order of declaration.
  ///
  /// @param use the class
  /// @param path where it was found, for messages
  /// @throws UncarriableTypeException if the class has state that is out of reach
  static List<FieldUse> of(TypeUse use, String path) {
    var raw = use.raw();
    boolean nested = raw.getEnclosingClass() != null;
    if (nested && !Modifier.isStatic(raw.getModifiers())) {
      throw Uncarriable.innerClass(path, raw);
    }
    var fields = new ArrayList<FieldUse>();
    collect(use, path, new HashSet<>(), fields);
    return fields;
  }

  private static void collect(TypeUse use, String path, Set<String> hidden, List<FieldUse> fields) {
    var raw = use.raw();
    var bindings = use.bindings();
    var own = new ArrayList<FieldUse>();
    for (var field : raw.getDeclaredFields()) {
      int skipped = Modifier.STATIC | Modifier.TRANSIENT;
      if ((field.getModifiers() & skipped) != 0 || field.isSynthetic()) {
        continue;
      }
      var name =
          hidden.add(field.getName())
              ? field.getName()
              : raw.getSimpleName() + "." + field.getName();
      own.add(new FieldUse(name, field, TypeUse.of(field.getGenericType(), bindings)));
    }
    var parent = raw.getGenericSuperclass();
    if (!raw.isRecord() && parent != null && parent != Object.class) {
      var parentUse = TypeUse.of(parent, bindings);
      if (ShapeReader.platform(parentUse.raw())) {
        throw Uncarriable.platformParent(path, raw, parentUse.raw());
      }
      collect(parentUse, path, hidden, fields);
    }
    fields.addAll(own);
  }
}
