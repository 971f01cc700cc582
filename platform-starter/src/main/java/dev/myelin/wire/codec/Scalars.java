package dev.myelin.wire.codec;

import static dev.myelin.wire.codec.ScalarKind.BIG_INTEGER;
import static dev.myelin.wire.codec.ScalarKind.BOOLEAN;
import static dev.myelin.wire.codec.ScalarKind.BYTE;
import static dev.myelin.wire.codec.ScalarKind.BYTES;
import static dev.myelin.wire.codec.ScalarKind.CHAR;
import static dev.myelin.wire.codec.ScalarKind.CURRENCY;
import static dev.myelin.wire.codec.ScalarKind.DATE;
import static dev.myelin.wire.codec.ScalarKind.DECIMAL;
import static dev.myelin.wire.codec.ScalarKind.DOUBLE;
import static dev.myelin.wire.codec.ScalarKind.DURATION;
import static dev.myelin.wire.codec.ScalarKind.FLOAT;
import static dev.myelin.wire.codec.ScalarKind.INSTANT;
import static dev.myelin.wire.codec.ScalarKind.INT;
import static dev.myelin.wire.codec.ScalarKind.LOCALE;
import static dev.myelin.wire.codec.ScalarKind.LOCAL_DATE;
import static dev.myelin.wire.codec.ScalarKind.LOCAL_DATE_TIME;
import static dev.myelin.wire.codec.ScalarKind.LOCAL_TIME;
import static dev.myelin.wire.codec.ScalarKind.LONG;
import static dev.myelin.wire.codec.ScalarKind.MONTH_DAY;
import static dev.myelin.wire.codec.ScalarKind.NOTHING;
import static dev.myelin.wire.codec.ScalarKind.OFFSET_DATE_TIME;
import static dev.myelin.wire.codec.ScalarKind.OFFSET_TIME;
import static dev.myelin.wire.codec.ScalarKind.PERIOD;
import static dev.myelin.wire.codec.ScalarKind.SHORT;
import static dev.myelin.wire.codec.ScalarKind.STRING;
import static dev.myelin.wire.codec.ScalarKind.YEAR;
import static dev.myelin.wire.codec.ScalarKind.YEAR_MONTH;
import static dev.myelin.wire.codec.ScalarKind.ZONED_DATE_TIME;
import static dev.myelin.wire.codec.ScalarKind.ZONE_ID;
import static dev.myelin.wire.codec.ScalarKind.ZONE_OFFSET;

import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
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
import java.util.BitSet;
import java.util.Currency;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The classes of the JDK that are carried as scalars.
final class Scalars {

  private static final Map<Class<?>, ScalarPart<?>> BY_CLASS = new ConcurrentHashMap<>();

  private Scalars() {}

  /// The part for a class; null if its values are no scalars.
  ///
  /// @param type a class, or a primitive, for which the part of its box stands
  static @Nullable ScalarPart<?> of(Class<?> type) {
    return BY_CLASS.computeIfAbsent(boxOf(type), Scalars::create);
  }

  /// The part for the usual class of a kind that is not [ScalarKind#THROWABLE].
  static ScalarPart<?> of(ScalarKind kind) {
    return Objects.requireNonNull(of(kind.type()));
  }

  /// The box of a primitive, any other class itself.
  static Class<?> boxOf(Class<?> type) {
    return MethodType.methodType(type).wrap().returnType();
  }

  /// Asks by name and one at a time, so that only the lambdas of classes in use are ever linked.
  private static @Nullable ScalarPart<?> create(Class<?> type) {
    var name = type.getName();
    if (name.startsWith("java.time.")) {
      return name.endsWith("Time") ? timeOfDay(name) : time(name);
    }
    return name.startsWith("java.lang.") ? primitiveOrText(name) : other(name);
  }

  private static @Nullable ScalarPart<?> primitiveOrText(String name) {
    return switch (name) {
      case "java.lang.Void" -> new ScalarPart<>(Void.class, NOTHING, (_, _) -> {}, _ -> null);
      case "java.lang.Boolean" ->
          new ScalarPart<>(Boolean.class, BOOLEAN, Output::writeBoolean, Input::readBoolean);
      case "java.lang.Byte" ->
          new ScalarPart<>(Byte.class, BYTE, (out, b) -> out.writeByte(b), Input::readByte);
      case "java.lang.Short" ->
          new ScalarPart<>(Short.class, SHORT, (out, s) -> out.writeInt(s), Input::readShort);
      case "java.lang.Character" ->
          new ScalarPart<>(
              Character.class, CHAR, (out, c) -> out.writeUnsignedInt(c), Input::readChar);
      case "java.lang.Integer" ->
          new ScalarPart<>(Integer.class, INT, Output::writeInt, Input::readInt);
      case "java.lang.Long" ->
          new ScalarPart<>(Long.class, LONG, Output::writeLong, Input::readLong);
      case "java.lang.Float" ->
          new ScalarPart<>(Float.class, FLOAT, Output::writeFloat, Input::readFloat);
      case "java.lang.Double" ->
          new ScalarPart<>(Double.class, DOUBLE, Output::writeDouble, Input::readDouble);
      case "java.lang.String" ->
          new ScalarPart<>(String.class, STRING, Output::writeString, Input::readString);
      case "java.lang.CharSequence" ->
          text(CharSequence.class, STRING, CharSequence::toString, text -> text);
      default -> null;
    };
  }

  private static @Nullable ScalarPart<?> timeOfDay(String name) {
    return switch (name) {
      case "java.time.LocalTime" ->
          new ScalarPart<>(LocalTime.class, LOCAL_TIME, Times::writeTime, Times::readTime);
      case "java.time.LocalDateTime" ->
          new ScalarPart<>(
              LocalDateTime.class, LOCAL_DATE_TIME, Times::writeDateTime, Times::readDateTime);
      case "java.time.OffsetDateTime" ->
          new ScalarPart<>(
              OffsetDateTime.class,
              OFFSET_DATE_TIME,
              Times::writeOffsetDateTime,
              Times::readOffsetDateTime);
      case "java.time.OffsetTime" ->
          new ScalarPart<>(
              OffsetTime.class, OFFSET_TIME, Times::writeOffsetTime, Times::readOffsetTime);
      case "java.time.ZonedDateTime" ->
          new ScalarPart<>(
              ZonedDateTime.class,
              ZONED_DATE_TIME,
              Times::writeZonedDateTime,
              Times::readZonedDateTime);
      default -> null;
    };
  }

  private static @Nullable ScalarPart<?> time(String name) {
    return switch (name) {
      case "java.time.Instant" ->
          new ScalarPart<>(Instant.class, INSTANT, Times::writeInstant, Times::readInstant);
      case "java.time.Duration" ->
          new ScalarPart<>(Duration.class, DURATION, Times::writeDuration, Times::readDuration);
      case "java.time.Period" ->
          new ScalarPart<>(Period.class, PERIOD, Times::writePeriod, Times::readPeriod);
      case "java.time.LocalDate" ->
          new ScalarPart<>(LocalDate.class, LOCAL_DATE, Times::writeDate, Times::readDate);
      case "java.time.Year" ->
          new ScalarPart<>(Year.class, YEAR, Times::writeYear, Times::readYear);
      case "java.time.YearMonth" ->
          new ScalarPart<>(
              YearMonth.class, YEAR_MONTH, Times::writeYearMonth, Times::readYearMonth);
      case "java.time.MonthDay" ->
          new ScalarPart<>(MonthDay.class, MONTH_DAY, Times::writeMonthDay, Times::readMonthDay);
      case "java.time.ZoneOffset" ->
          new ScalarPart<>(ZoneOffset.class, ZONE_OFFSET, Times::writeOffset, Times::readOffset);
      case "java.time.ZoneId" -> text(ZoneId.class, ZONE_ID, ZoneId::getId, ZoneId::of);
      default -> null;
    };
  }

  @SuppressWarnings("JavaUtilDate") // users declare it
  private static @Nullable ScalarPart<?> other(String name) {
    return switch (name) {
      case "[B" -> new ScalarPart<>(byte[].class, BYTES, Scalars::writeBytes, Scalars::readBytes);
      case "java.math.BigInteger" ->
          new ScalarPart<>(
              BigInteger.class, BIG_INTEGER, Numbers::writeInteger, Numbers::readInteger);
      case "java.math.BigDecimal" ->
          new ScalarPart<>(BigDecimal.class, DECIMAL, Numbers::writeDecimal, Numbers::readDecimal);
      case "java.util.UUID" ->
          new ScalarPart<>(UUID.class, ScalarKind.UUID, Scalars::writeUuid, Scalars::readUuid);
      case "java.util.BitSet" ->
          new ScalarPart<>(BitSet.class, BYTES, Scalars::writeBits, Scalars::readBits);
      case "java.util.Date" ->
          new ScalarPart<>(
              Date.class,
              DATE,
              (output, date) -> output.writeLong(date.getTime()),
              input -> new Date(input.readLong()));
      case "java.util.Locale" ->
          text(Locale.class, LOCALE, Scalars::languageTag, Locale::forLanguageTag);
      case "java.util.Currency" ->
          text(Currency.class, CURRENCY, Currency::getCurrencyCode, Currency::getInstance);
      case "java.net.URI" -> text(URI.class, ScalarKind.URI, URI::toString, URI::create);
      case "java.net.URL" -> text(URL.class, ScalarKind.URL, URL::toExternalForm, Scalars::url);
      default -> null;
    };
  }

  private static <T> ScalarPart<T> text(
      Class<T> type, ScalarKind kind, ToText<T> toText, FromText<T> fromText) {
    return new ScalarPart<>(
        type,
        kind,
        (output, value) -> output.writeString(value == null ? null : toText.apply(value)),
        input -> {
          var text = input.readString();
          return text == null ? null : fromText.apply(text);
        });
  }

  private static URL url(String text) {
    try {
      return URI.create(text).toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static String languageTag(Locale locale) {
    var tag = locale.toLanguageTag();
    if (!Locale.forLanguageTag(tag).equals(locale)) {
      throw new MisfitException(
          "is the locale '%s', which no language tag expresses".formatted(locale));
    }
    return tag;
  }

  private static void writeUuid(Output output, UUID value) {
    output.writeFixedLong(Long.reverseBytes(value.getMostSignificantBits()));
    output.writeFixedLong(Long.reverseBytes(value.getLeastSignificantBits()));
  }

  private static UUID readUuid(Input input) {
    long high = Long.reverseBytes(input.readFixedLong());
    return new UUID(high, Long.reverseBytes(input.readFixedLong()));
  }

  private static void writeBytes(Output output, byte @Nullable [] value) {
    if (value == null) {
      output.writeByte(0);
      return;
    }
    if (value.length == Integer.MAX_VALUE) {
      throw new MisfitException("is too long");
    }
    output.writeUnsignedInt(value.length + 1);
    output.writeBytes(value, 0, value.length);
  }

  private static byte @Nullable [] readBytes(Input input) {
    int length = input.readCount(1);
    return length < 0 ? null : input.readBytes(length);
  }

  private static void writeBits(Output output, @Nullable BitSet value) {
    writeBytes(output, value == null ? null : value.toByteArray());
  }

  private static @Nullable BitSet readBits(Input input) {
    var bytes = readBytes(input);
    return bytes == null ? null : BitSet.valueOf(bytes);
  }

  private interface ToText<T> {
    String apply(T value);
  }

  private interface FromText<T> {
    T apply(String text);
  }
}
