package dev.myelin.wire.codec;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a Java type is to the codec: the local side of a [Schema].
///
/// A graph with shared nodes and, for recursive types, cycles through [Struct] and [Choice].
sealed interface Shape {

  /// A value without parts.
  ///
  /// @param part writes and reads it where it is not null
  record Plain(ScalarPart<?> part) implements Shape {}

  /// The box of a primitive.
  ///
  /// @param part writes and reads it where it is not null
  record Boxed(ScalarPart<?> part) implements Shape {}

  /// An enum.
  ///
  /// @param type its class
  record Constants(Class<?> type) implements Shape {

    /// Names of the constants in order of their declaration.
    List<String> names() {
      return Arrays.stream(type.getEnumConstants())
          .map(constant -> ((Enum<?>) constant).name())
          .toList();
    }
  }

  /// An array of anything but bytes.
  ///
  /// @param component class of its elements
  /// @param element its elements
  record Array(Class<?> component, Shape element) implements Shape {}

  /// A list, set or queue.
  ///
  /// @param container how its elements are got and put
  /// @param element its elements
  record Elements(CollectionContainer container, Shape element) implements Shape {}

  /// A map.
  ///
  /// @param container how its entries are got and put
  /// @param key its keys
  /// @param value its values
  record Entries(MapContainer container, Shape key, Shape value) implements Shape {}

  /// An optional.
  ///
  /// @param container which of the optional classes
  /// @param value what may be in it
  record Possible(OptionalContainer container, Shape value) implements Shape {}

  /// A library's type that a record stands for.
  ///
  /// @param surrogate how the one becomes the other
  /// @param carried the record
  record Surrogated(Surrogate<?, ?> surrogate, Shape carried) implements Shape {}

  /// A field of an entity that may not have been loaded.
  ///
  /// @param field the field
  /// @param states its states, as alternatives: what was loaded, or that it was not
  record Association(Field field, Choice states) implements Shape {

    /// Whether the id of an entity is sent in its place.
    boolean identified() {
      return states.alternatives().getLast().shape() instanceof Struct stub
          && stub.type().raw() == AssociationReader.Reference.class;
    }
  }

  /// A parameter list.
  ///
  /// @param arguments one a parameter
  record Arguments(List<Argument> arguments) implements Shape {

    /// One parameter.
    record Argument(String name, Shape shape) {}
  }

  /// A record or class. Two uses of a class with equal type arguments are one object.
  final class Struct implements Shape {

    private final TypeUse type;
    private @Nullable Body body;

    Struct(TypeUse type) {
      this.type = type;
    }

    TypeUse type() {
      return type;
    }

    /// Completes it; a recursive type needs the object before its body is known.
    void complete(Body body) {
      this.body = body;
    }

    Body body() {
      return Objects.requireNonNull(body);
    }

    /// What a class consists of.
    ///
    /// @param members its fields in order
    /// @param construction how an instance is made of them
    record Body(List<Member> members, Construction construction) {}

    /// One field.
    record Member(String name, Field field, Shape shape) {}
  }

  /// A sealed hierarchy. Two uses of a class with equal type arguments are one object.
  final class Choice implements Shape {

    private final TypeUse type;
    private @Nullable List<Alternative> alternatives;

    Choice(TypeUse type) {
      this.type = type;
    }

    TypeUse type() {
      return type;
    }

    /// Completes it; a recursive type needs the object before its alternatives are known.
    void complete(List<Alternative> alternatives) {
      this.alternatives = alternatives;
    }

    List<Alternative> alternatives() {
      return Objects.requireNonNull(alternatives);
    }

    /// One class that a value may have.
    record Alternative(String name, Class<?> type, Shape shape) {}
  }
}
