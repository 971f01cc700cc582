package dev.myelin.wire.codec;

import org.jspecify.annotations.Nullable;

/// A number that this side declares as one kind and the server as another.
///
/// Conversion is exact or fails, whichever way it goes.
final class NumberPart extends Part {

  private final ScalarPart<?> local;
  private final ScalarPart<?> declared;

  NumberPart(ScalarPart<?> local, ScalarPart<?> declared) {
    this.local = local;
    this.declared = declared;
  }

  /// Whether every number of a kind is one of another kind, too.
  static boolean widens(ScalarKind from, ScalarKind to) {
    return switch (from) {
      case BYTE ->
          switch (to) {
            case SHORT, INT, LONG, FLOAT, DOUBLE -> true;
            default -> false;
          };
      case SHORT ->
          switch (to) {
            case INT, LONG, FLOAT, DOUBLE -> true;
            default -> false;
          };
      case INT -> to == ScalarKind.LONG || to == ScalarKind.DOUBLE;
      case FLOAT -> to == ScalarKind.DOUBLE;
      default -> false;
    };
  }

  @Override
  void write(@Nullable Object value, Output output) {
    if (!(value instanceof Number number)) {
      throw MisfitException.wrongClass(local.type(), value);
    }
    var converted = convert(number, declared.kind());
    if (converted == null) {
      throw new MisfitException(
          "is %s, which is no %s as the server declares".formatted(number, declared.kind()));
    }
    declared.write(converted, output);
  }

  @Override
  @Nullable Object read(Input input) {
    var number = (Number) declared.read(input);
    var converted = number == null ? null : convert(number, local.kind());
    if (converted == null) {
      throw input.malformed("%s is no %s as this side declares".formatted(number, local.kind()));
    }
    return converted;
  }

  /// Exact because 64-bit integers meet only shorter ones here, and those a double can hold.
  private static @Nullable Number convert(Number number, ScalarKind kind) {
    Number converted =
        switch (kind) {
          case BYTE -> number.byteValue();
          case SHORT -> number.shortValue();
          case INT -> number.intValue();
          case LONG -> number.longValue();
          case FLOAT -> number.floatValue();
          case DOUBLE -> number.doubleValue();
          default -> throw new IllegalStateException("%s is no number".formatted(kind));
        };
    return Double.compare(number.doubleValue(), converted.doubleValue()) == 0 ? converted : null;
  }
}
