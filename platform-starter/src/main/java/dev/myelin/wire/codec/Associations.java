package dev.myelin.wire.codec;

import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/// What a process knows of entities' associations that were not loaded from their database.
///
/// An association is a field of an entity, by the annotations of Jakarta Persistence, that holds
/// another entity, a collection or a map. Thread-safe.
public interface Associations {

  /// Where nothing is ever left unloaded; what others left so is null.
  Associations NONE =
      new Associations() {
        @Override
        public boolean loaded(Object value) {
          return true;
        }

        @Override
        public Object entity(Object value) {
          return value;
        }

        @Override
        public @Nullable Object id(Object reference) {
          return null;
        }

        @Override
        public @Nullable Object absent(Field field, @Nullable Object id) {
          return null;
        }
      };

  /// Whether a value can be looked into.
  ///
  /// @param value an entity, a collection, a map or anything else
  boolean loaded(Object value);

  /// What is to be sent of a value that is loaded.
  ///
  /// @param value the value, which may be a proxy of an entity
  /// @return the entity itself; the value, if it is none
  Object entity(Object value);

  /// The id of an entity that is not loaded; null if it is not known.
  ///
  /// @param reference stands for the entity
  @Nullable Object id(Object reference);

  /// What a field holds where the sender had not loaded it: refuses every access by saying so.
  ///
  /// @param field an association
  /// @param id id of the entity that is referred to; null for collections and if it is not known
  /// @return null if no such object can be made for the type of the field
  @Nullable Object absent(Field field, @Nullable Object id);
}
