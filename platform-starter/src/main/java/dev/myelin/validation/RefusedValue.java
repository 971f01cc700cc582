package dev.myelin.validation;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
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
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A value that a constraint refused, as it is carried: scalars of the JDK, as text.
///
/// @param form how the text is read; a name, so that a side with fewer forms can leave the value
///   out
/// @param text of the value
record RefusedValue(String form, String text) {

  /// Most characters of a text: a longer one would push out those of other violations.
  static final int MAX_TEXT = 1_000;

  // bytes that a peer made may leave either out
  RefusedValue {
    Objects.requireNonNull(form, "form");
    Objects.requireNonNull(text, "text");
  }

  /// What is carried of a value.
  ///
  /// @return null if nothing is
  static @Nullable RefusedValue of(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    // of the very class: another would come back as something that it was not
    for (var form : Form.values()) {
      if (form.type == value.getClass()) {
        var text = value.toString();
        return text.length() > MAX_TEXT ? null : new RefusedValue(form.name(), text);
      }
    }
    return null;
  }

  /// The value, of the type that it had; null if it cannot be told from what arrived.
  @Nullable Object restored() {
    if (text.length() > MAX_TEXT) {
      return null;
    }
    try {
      return Form.valueOf(form).read(text);
    } catch (IllegalArgumentException | DateTimeException _) {
      // of another release of this library; the violation says what it does without it
      return null;
    }
  }

  private enum Form {
    STRING(String.class),
    BOOLEAN(Boolean.class),
    CHARACTER(Character.class),
    BYTE(Byte.class),
    SHORT(Short.class),
    INTEGER(Integer.class),
    LONG(Long.class),
    FLOAT(Float.class),
    DOUBLE(Double.class),
    BIG_INTEGER(BigInteger.class),
    BIG_DECIMAL(BigDecimal.class),
    UUID(UUID.class),
    INSTANT(Instant.class),
    DURATION(Duration.class),
    PERIOD(Period.class),
    LOCAL_DATE(LocalDate.class),
    LOCAL_TIME(LocalTime.class),
    LOCAL_DATE_TIME(LocalDateTime.class),
    OFFSET_TIME(OffsetTime.class),
    OFFSET_DATE_TIME(OffsetDateTime.class),
    ZONED_DATE_TIME(ZonedDateTime.class),
    YEAR(Year.class),
    YEAR_MONTH(YearMonth.class),
    MONTH_DAY(MonthDay.class);

    private final Class<?> type;

    Form(Class<?> type) {
      this.type = type;
    }

    Object read(String text) {
      return switch (this) {
        case STRING -> text;
        case BOOLEAN -> Boolean.valueOf(text);
        case CHARACTER -> character(text);
        case BYTE -> Byte.valueOf(text);
        case SHORT -> Short.valueOf(text);
        case INTEGER -> Integer.valueOf(text);
        case LONG -> Long.valueOf(text);
        case FLOAT -> Float.valueOf(text);
        case DOUBLE -> Double.valueOf(text);
        case BIG_INTEGER -> new BigInteger(text);
        case BIG_DECIMAL -> new BigDecimal(text);
        case UUID -> java.util.UUID.fromString(text);
        case INSTANT -> Instant.parse(text);
        case DURATION -> Duration.parse(text);
        case PERIOD -> Period.parse(text);
        case LOCAL_DATE -> LocalDate.parse(text);
        case LOCAL_TIME -> LocalTime.parse(text);
        case LOCAL_DATE_TIME -> LocalDateTime.parse(text);
        case OFFSET_TIME -> OffsetTime.parse(text);
        case OFFSET_DATE_TIME -> OffsetDateTime.parse(text);
        case ZONED_DATE_TIME -> ZonedDateTime.parse(text);
        // its own parse does not take all that its own text says
        case YEAR -> Year.of(Integer.parseInt(text));
        case YEAR_MONTH -> YearMonth.parse(text);
        case MONTH_DAY -> MonthDay.parse(text);
      };
    }

    private static Character character(String text) {
      if (text.length() != 1) {
        throw new IllegalArgumentException("'%s' is not one character".formatted(text));
      }
      return text.charAt(0);
    }
  }
}
