package dev.myelin.wire.codec;

import java.util.function.Function;
import java.util.stream.IntStream;

/// Carries a library's type, whose classes are not to be reflected into, as a record of known
/// parts.
///
/// The record declares the same number of type variables as the type, in the same order. It is what
/// the schema describes: a process without the library can read it as a record of its own.
///
/// @param type the declared type that is carried so; its subtypes are not, unless listed themselves
/// @param carried the record that stands for it
/// @param outward makes the record of a value
/// @param inward makes a value of the record; what it throws says that the record is refused
/// @param <T> the type
/// @param <S> the record
public record Surrogate<T, S extends Record>(
    Class<T> type, Class<S> carried, Function<T, S> outward, Function<S, T> inward) {

  /// Refuses a record whose type variables cannot stand for the type's.
  public Surrogate {
    if (type.getTypeParameters().length != carried.getTypeParameters().length) {
      throw new IllegalArgumentException(
          "'%s' and '%s' must have the same number of type variables"
              .formatted(type.getName(), carried.getName()));
    }
  }

  /// How the record is used where the type is used with these arguments.
  TypeUse carriedAs(TypeUse use) {
    var arguments =
        IntStream.range(0, type.getTypeParameters().length).mapToObj(use::argument).toList();
    return new TypeUse(carried, arguments);
  }

  /// The record of a value.
  ///
  /// @throws MisfitException if the value is none of the type
  Object toRecord(Object value) {
    if (!type.isInstance(value)) {
      throw MisfitException.wrongClass(type, value);
    }
    return outward.apply(type.cast(value));
  }

  /// The value of a record.
  Object fromRecord(Object value) {
    return inward.apply(carried.cast(value));
  }
}
