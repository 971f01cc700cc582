package dev.myelin.samples.primes.demo;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/// A value of JSON. Here because a program that is run as source has no library at hand.
sealed interface Json {

  /// A string.
  record Text(String value) implements Json {}

  /// A number.
  record Numeral(BigDecimal value) implements Json {}

  /// `true` or `false`.
  record Truth(boolean value) implements Json {}

  /// `null`.
  record Nothing() implements Json {}

  /// An array.
  record Array(List<Json> values) implements Json {}

  /// An object.
  record Fields(Map<String, Json> values) implements Json {}

  /// Reads one value.
  ///
  /// @param text the value and nothing else
  /// @throws IllegalArgumentException if the text is not JSON
  static Json read(String text) {
    return new JsonReader(text).readAll();
  }

  /// The field of that name.
  ///
  /// @throws IllegalArgumentException if this is no object or has no such field
  default Json at(String name) {
    if (this instanceof Fields(var values)) {
      var value = values.get(name);
      if (value != null) {
        return value;
      }
    }
    throw new IllegalArgumentException("No field '%s' in %s".formatted(name, this));
  }

  /// This as a string; the empty one for `null`.
  default String text() {
    return switch (this) {
      case Text(var value) -> value;
      case Nothing() -> "";
      case Numeral _, Truth _, Array _, Fields _ -> throw unexpected("string");
    };
  }

  /// This as a whole number.
  default long number() {
    if (this instanceof Numeral(var value)) {
      return value.longValueExact();
    }
    throw unexpected("number");
  }

  /// This as a boolean.
  default boolean truth() {
    if (this instanceof Truth(var value)) {
      return value;
    }
    throw unexpected("boolean");
  }

  /// The elements of this array.
  default List<Json> elements() {
    if (this instanceof Array(var values)) {
      return values;
    }
    throw unexpected("array");
  }

  /// The fields of this object, in their order.
  default Map<String, Json> fields() {
    if (this instanceof Fields(var values)) {
      return values;
    }
    throw unexpected("object");
  }

  private IllegalArgumentException unexpected(String wanted) {
    return new IllegalArgumentException("Not a %s: %s".formatted(wanted, this));
  }
}
