package dev.myelin.wire.codec;

import dev.myelin.wire.codec.Shape.Choice.Alternative;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds the fields of entities that may not have been loaded, by the names of annotations: the
/// schema must not depend on which libraries a process has.
final class AssociationReader {

  /// Name of the state that is followed by the value.
  static final String LOADED = "loaded";

  /// Name of the state that is not.
  static final String NOT_LOADED = "notLoaded";

  private static final String ENTITY = "jakarta.persistence.Entity";
  private static final Set<String> PERSISTENT =
      Set.of(ENTITY, "jakarta.persistence.MappedSuperclass", "jakarta.persistence.Embeddable");
  private static final Set<String> ID =
      Set.of("jakarta.persistence.Id", "jakarta.persistence.EmbeddedId");

  private AssociationReader() {}

  /// What is sent for a collection that is not loaded.
  record NotLoaded() {}

  /// What is sent for an entity that is not loaded.
  ///
  /// @param id its id; null if it is not known
  record Reference<I>(@Nullable I id) {}

  /// The shape of a field: that of its type, unless it is an association.
  ///
  /// @param use the field
  /// @param shape shape of its type
  /// @param read reads another type at a path
  /// @param path where the field was found
  static Shape shape(
      FieldUse use, Shape shape, BiFunction<TypeUse, String, Shape> read, String path) {
    if (!annotated(use.field().getDeclaringClass(), PERSISTENT)) {
      return shape;
    }
    return switch (shape) {
      case Shape.Elements _, Shape.Entries _ when use.type().raw().isInterface() ->
          association(use, shape, read.apply(TypeUse.of(NotLoaded.class), path));
      case Shape.Struct struct when annotated(struct.type().raw(), Set.of(ENTITY)) ->
          association(use, shape, read.apply(reference(struct.type(), path), path));
      default -> shape;
    };
  }

  private static Shape association(FieldUse use, Shape loaded, Shape notLoaded) {
    var states = new Shape.Choice(TypeUse.of(Shape.Association.class));
    states.complete(
        List.of(
            new Alternative(LOADED, use.type().raw(), loaded),
            new Alternative(NOT_LOADED, Object.class, notLoaded)));
    return new Shape.Association(use.field(), states);
  }

  private static TypeUse reference(TypeUse entity, String path) {
    var ids = FieldUse.of(entity, path).stream().filter(AssociationReader::id).toList();
    // one of several parts says nothing, nor does an entity that is the id of another
    if (ids.size() != 1 || annotated(ids.getFirst().type().raw(), Set.of(ENTITY))) {
      return TypeUse.of(NotLoaded.class);
    }
    var id = ids.getFirst().type();
    return new TypeUse(
        Reference.class,
        List.of(id.raw().isPrimitive() ? TypeUse.of(Scalars.boxOf(id.raw())) : id));
  }

  private static boolean id(FieldUse use) {
    var field = use.field();
    var name = field.getName();
    var getter = "get" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    return annotated(field, ID)
        || Arrays.stream(field.getDeclaringClass().getDeclaredMethods())
            .anyMatch(method ->
                method.getParameterCount() == 0
                    && method.getName().equals(getter)
                    && annotated(method, ID));
  }

  private static boolean annotated(AnnotatedElement element, Set<String> names) {
    return Stream.of(element.getDeclaredAnnotations())
        .map(Annotation::annotationType)
        .anyMatch(type -> names.contains(type.getName()));
  }
}
