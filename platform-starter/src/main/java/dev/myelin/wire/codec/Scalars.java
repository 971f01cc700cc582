package dev.myelin.wire.codec;

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
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The classes of the JDK that are carried as scalars.
final class Scalars {

  private static final Map<Class<?>, ScalarPart<?>> BY_CLASS = new HashMap<>();
  private static final Map<ScalarKind, ScalarPart<?>> BY_KIND = new EnumMap<>(ScalarKind.class);

  static {
    primitives();
    texts();
    times();
    add(BigInteger.class, ScalarKind.BIG_INTEGER, Numbers::writeInteger, Numbers::readInteger);
    add(BigDecimal.class, ScalarKind.DECIMAL, Numbers::writeDecimal, Numbers::readDecimal);
    add(UUID.class, ScalarKind.UUID, Scalars::writeUuid, Scalars::readUuid);
    add(byte[].class, ScalarKind.BYTES, Scalars::writeBytes, Scalars::readBytes);
    add(BitSet.class, ScalarKind.BYTES, Scalars::writeBits, Scalars::readBits);
  }

  private Scalars() {}

  /// The part for a class; null if its values are no scalars.
  ///
  /// @param type a class, or a primitive, for which the part of its box stands
  static @Nullable ScalarPart<?> of(Class<?> type) {
    return BY_CLASS.get(boxOf(type));
  }

  /// The part for the usual class of a kind; none for [ScalarKind#THROWABLE].
  static ScalarPart<?> of(ScalarKind kind) {
    return Objects.requireNonNull(BY_KIND.get(kind));
  }

  /// The box of a primitive, any other class itself.
  static Class<?> boxOf(Class<?> type) {
    return MethodType.methodType(type).wrap().returnType();
  }

  private static void primitives() {
    add(Void.class, ScalarKind.NOTHING, (_, _) -> {}, _ -> null);
    add(Boolean.class, ScalarKind.BOOLEAN, Output::writeBoolean, Input::readBoolean);
    add(Byte.class, ScalarKind.BYTE, (output, value) -> output.writeByte(value), Input::readByte);
    add(Short.class, ScalarKind.SHORT, (output, value) -> output.writeInt(value), Input::readShort);
    add(
        Character.class,
        ScalarKind.CHAR,
        (output, value) -> output.writeUnsignedInt(value),
        Input::readChar);
    add(Integer.class, ScalarKind.INT, Output::writeInt, Input::readInt);
    add(Long.class, ScalarKind.LONG, Output::writeLong, Input::readLong);
    add(Float.class, ScalarKind.FLOAT, Output::writeFloat, Input::readFloat);
    add(Double.class, ScalarKind.DOUBLE, Output::writeDouble, Input::readDouble);
  }

  private static void texts() {
    add(String.class, ScalarKind.STRING, Output::writeString, Input::readString);
    add(
        CharSequence.class,
        ScalarKind.STRING,
        (output, value) -> output.writeString(Objects.toString(value, null)),
        Input::readString);
    text(URI.class, ScalarKind.URI, URI::toString, URI::create);
    text(URL.class, ScalarKind.URL, URL::toExternalForm, Scalars::url);
    text(Locale.class, ScalarKind.LOCALE, Scalars::languageTag, Locale::forLanguageTag);
    text(Currency.class, ScalarKind.CURRENCY, Currency::getCurrencyCode, Currency::getInstance);
    text(ZoneId.class, ScalarKind.ZONE_ID, ZoneId::getId, ZoneId::of);
  }

  @SuppressWarnings("JavaUtilDate") // users declare it
  private static void times() {
    add(Instant.class, ScalarKind.INSTANT, Times::writeInstant, Times::readInstant);
    add(Duration.class, ScalarKind.DURATION, Times::writeDuration, Times::readDuration);
    add(Period.class, ScalarKind.PERIOD, Times::writePeriod, Times::readPeriod);
    add(LocalDate.class, ScalarKind.LOCAL_DATE, Times::writeDate, Times::readDate);
    add(LocalTime.class, ScalarKind.LOCAL_TIME, Times::writeTime, Times::readTime);
    add(LocalDateTime.class, ScalarKind.LOCAL_DATE_TIME, Times::writeDateTime, Times::readDateTime);
    add(
        OffsetDateTime.class,
        ScalarKind.OFFSET_DATE_TIME,
        Times::writeOffsetDateTime,
        Times::readOffsetDateTime);
    add(OffsetTime.class, ScalarKind.OFFSET_TIME, Times::writeOffsetTime, Times::readOffsetTime);
    add(
        ZonedDateTime.class,
        ScalarKind.ZONED_DATE_TIME,
        Times::writeZonedDateTime,
        Times::readZonedDateTime);
    add(Year.class, ScalarKind.YEAR, (out, year) -> out.writeInt(year.getValue()), Times::readYear);
    add(YearMonth.class, ScalarKind.YEAR_MONTH, Times::writeYearMonth, Times::readYearMonth);
    add(MonthDay.class, ScalarKind.MONTH_DAY, Times::writeMonthDay, Times::readMonthDay);
    add(ZoneOffset.class, ScalarKind.ZONE_OFFSET, Times::writeOffset, Times::readOffset);
    add(
        Date.class,
        ScalarKind.DATE,
        (output, date) -> output.writeLong(date.getTime()),
        input -> new Date(input.readLong()));
  }

  private static <T> void add(
      Class<T> type, ScalarKind kind, ScalarPart.Writer<T> writer, ScalarPart.Reader<T> reader) {
    var part = new ScalarPart<>(type, kind, writer, reader);
    BY_CLASS.put(type, part);
    BY_KIND.putIfAbsent(kind, part);
  }

  private static <T> void text(
      Class<T> type, ScalarKind kind, ToText<T> toText, FromText<T> fromText) {
    add(
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
