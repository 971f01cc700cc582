package dev.myelin.wire.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Scalars of the format. How each is written is in `docs/wire.md`.
///
/// Primitive kinds are never null, unless inside a [Schema.NullableOf]; all others can be, by
/// themselves.
public enum ScalarKind {
  /// No value and no byte: `void`.
  NOTHING(0),
  /// Truth value.
  BOOLEAN(1),
  /// Number of 8 bits.
  BYTE(2),
  /// Number of 16 bits.
  SHORT(3),
  /// UTF-16 code unit.
  CHAR(4),
  /// Number of 32 bits.
  INT(5),
  /// Number of 64 bits.
  LONG(6),
  /// Floating-point number of 32 bits.
  FLOAT(7),
  /// Floating-point number of 64 bits.
  DOUBLE(8),
  /// Text.
  STRING(9),
  /// Bytes.
  BYTES(10),
  /// Integer of any size.
  BIG_INTEGER(11),
  /// Decimal number of any size.
  DECIMAL(12),
  /// UUID.
  UUID(13),
  /// Instant in nanoseconds.
  INSTANT(14),
  /// Duration in nanoseconds.
  DURATION(15),
  /// Years, months and days.
  PERIOD(16),
  /// Date.
  LOCAL_DATE(17),
  /// Time of day.
  LOCAL_TIME(18),
  /// Date and time of day.
  LOCAL_DATE_TIME(19),
  /// Date and time of day with an offset from UTC.
  OFFSET_DATE_TIME(20),
  /// Time of day with an offset from UTC.
  OFFSET_TIME(21),
  /// Date and time of day with an offset from UTC in a zone.
  ZONED_DATE_TIME(22),
  /// Year.
  YEAR(23),
  /// Month of a year.
  YEAR_MONTH(24),
  /// Day of a month.
  MONTH_DAY(25),
  /// Offset from UTC.
  ZONE_OFFSET(26),
  /// Time zone.
  ZONE_ID(27),
  /// Instant in milliseconds.
  DATE(28),
  /// URI.
  URI(29),
  /// URL.
  URL(30),
  /// IETF BCP 47 language tag.
  LOCALE(31),
  /// ISO 4217 code.
  CURRENCY(32),
  /// Exception: the one kind that describes itself.
  THROWABLE(33);

  private static final int HIGHEST_CODE = 33;
  private static final @Nullable ScalarKind[] BY_CODE = new @Nullable ScalarKind[HIGHEST_CODE + 1];

  static {
    Arrays.stream(values()).forEach(kind -> BY_CODE[kind.code] = kind);
  }

  private final int code;

  ScalarKind(int code) {
    this.code = code;
  }

  /// Number by which a schema names the kind.
  int code() {
    return code;
  }

  /// The kind of a number, if there is one.
  static @Nullable ScalarKind of(int code) {
    return code >= 0 && code <= HIGHEST_CODE ? BY_CODE[code] : null;
  }

  /// Whether it is never null: a primitive.
  boolean primitive() {
    return code >= BOOLEAN.code && code <= DOUBLE.code;
  }

  /// Whether it is written as a string is.
  boolean text() {
    return switch (this) {
      case STRING, URI, URL, LOCALE, CURRENCY, ZONE_ID -> true;
      default -> false;
    };
  }

  /// Whether a byte that says whether there is a value comes before the value.
  boolean presenceByte() {
    return !primitive() && !text() && this != NOTHING && this != BYTES && this != THROWABLE;
  }
}
