package dev.myelin.wire.codec;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The optional classes: how a value is taken from one and put into a new one.
enum OptionalContainer {
  /// [Optional].
  ANY(Optional.class, Object.class),
  /// [OptionalInt].
  INT(OptionalInt.class, int.class),
  /// [OptionalLong].
  LONG(OptionalLong.class, long.class),
  /// [OptionalDouble].
  DOUBLE(OptionalDouble.class, double.class);

  private final Class<?> type;
  private final Class<?> valueType;

  OptionalContainer(Class<?> type, Class<?> valueType) {
    this.type = type;
    this.valueType = valueType;
  }

  /// The container for a class; null if it is no optional.
  static @Nullable OptionalContainer of(Class<?> type) {
    for (var container : values()) {
      if (container.type == type) {
        return container;
      }
    }
    return null;
  }

  /// Class of the value, where the optional's class fixes it.
  Class<?> valueType() {
    return valueType;
  }

  /// The optional without a value.
  Object empty() {
    return switch (this) {
      case ANY -> Optional.empty();
      case INT -> OptionalInt.empty();
      case LONG -> OptionalLong.empty();
      case DOUBLE -> OptionalDouble.empty();
    };
  }

  /// The value in an optional; null if there is none.
  ///
  /// @throws MisfitException if it is no optional of this class
  @Nullable Object get(Object optional) {
    return switch (optional) {
      case Optional<?> any when this == ANY -> any.orElse(null);
      case OptionalInt number when this == INT -> number.isPresent() ? number.getAsInt() : null;
      case OptionalLong number when this == LONG -> number.isPresent() ? number.getAsLong() : null;
      case OptionalDouble number when this == DOUBLE ->
          number.isPresent() ? number.getAsDouble() : null;
      default -> throw MisfitException.wrongClass(type, optional);
    };
  }

  /// An optional with a value.
  Object with(Object value) {
    return switch (this) {
      case ANY -> Optional.of(value);
      case INT -> OptionalInt.of((Integer) value);
      case LONG -> OptionalLong.of((Long) value);
      case DOUBLE -> OptionalDouble.of((Double) value);
    };
  }
}
