package dev.myelin.wire.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Currency;
import java.util.Date;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Scalars of the format. How each is written is in `docs/wire.md`.
///
/// Primitive kinds are never null, unless inside a [Schema.NullableOf]; all others can be, by
/// themselves.
public enum ScalarKind {
  /// No value and no byte: `void`.
  NOTHING(0, Void.class),
  /// Truth value.
  BOOLEAN(1, Boolean.class),
  /// Number of 8 bits.
  BYTE(2, Byte.class),
  /// Number of 16 bits.
  SHORT(3, Short.class),
  /// UTF-16 code unit.
  CHAR(4, Character.class),
  /// Number of 32 bits.
  INT(5, Integer.class),
  /// Number of 64 bits.
  LONG(6, Long.class),
  /// Floating-point number of 32 bits.
  FLOAT(7, Float.class),
  /// Floating-point number of 64 bits.
  DOUBLE(8, Double.class),
  /// Text.
  STRING(9, String.class),
  /// Bytes.
  BYTES(10, byte[].class),
  /// Integer of any size.
  BIG_INTEGER(11, BigInteger.class),
  /// Decimal number of any size.
  DECIMAL(12, BigDecimal.class),
  /// UUID.
  UUID(13, java.util.UUID.class),
  /// Instant in nanoseconds.
  INSTANT(14, Instant.class),
  /// Duration in nanoseconds.
  DURATION(15, Duration.class),
  /// Years, months and days.
  PERIOD(16, Period.class),
  /// Date.
  LOCAL_DATE(17, LocalDate.class),
  /// Time of day.
  LOCAL_TIME(18, LocalTime.class),
  /// Date and time of day.
  LOCAL_DATE_TIME(19, LocalDateTime.class),
  /// Date and time of day with an offset from UTC.
  OFFSET_DATE_TIME(20, OffsetDateTime.class),
  /// Time of day with an offset from UTC.
  OFFSET_TIME(21, OffsetTime.class),
  /// Date and time of day with an offset from UTC in a zone.
  ZONED_DATE_TIME(22, ZonedDateTime.class),
  /// Year.
  YEAR(23, Year.class),
  /// Month of a year.
  YEAR_MONTH(24, YearMonth.class),
  /// Day of a month.
  MONTH_DAY(25, MonthDay.class),
  /// Offset from UTC.
  ZONE_OFFSET(26, ZoneOffset.class),
  /// Time zone.
  ZONE_ID(27, ZoneId.class),
  /// Instant in milliseconds.
  DATE(28, Date.class),
  /// URI.
  URI(29, java.net.URI.class),
  /// URL.
  URL(30, java.net.URL.class),
  /// IETF BCP 47 language tag.
  LOCALE(31, Locale.class),
  /// ISO 4217 code.
  CURRENCY(32, Currency.class),
  /// Exception: the one kind that describes itself.
  THROWABLE(33, Throwable.class);

  private static final int HIGHEST_CODE = 33;
  private static final @Nullable ScalarKind[] BY_CODE = new @Nullable ScalarKind[HIGHEST_CODE + 1];

  static {
    Arrays.stream(values()).forEach(kind -> BY_CODE[kind.code] = kind);
  }

  private final int code;
  private final Class<?> type;

  ScalarKind(int code, Class<?> type) {
    this.code = code;
    this.type = type;
  }

  /// The class that usually has such values; a box for a primitive.
  Class<?> type() {
    return type;
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
