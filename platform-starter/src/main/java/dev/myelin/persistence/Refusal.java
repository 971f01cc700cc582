package dev.myelin.persistence;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/// What whoever touches an unloaded association is told.
final class Refusal {

  private Refusal() {}

  /// The message.
  ///
  /// @param field the association
  /// @param id id of the entity; null if it is not known, or for a collection
  static String of(Field field, @Nullable Object id) {
    return "'%s.%s'%s was not loaded in the process that sent it, and this one cannot: load it there before, by a fetch join or an @EntityGraph"
        .formatted(
            field.getDeclaringClass().getSimpleName(),
            field.getName(),
            id == null ? "" : " (%s with id %s)".formatted(field.getType().getSimpleName(), id));
  }
}
