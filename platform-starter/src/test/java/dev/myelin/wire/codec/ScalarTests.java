package dev.myelin.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.CharBuffer;
import java.time.DayOfWeek;
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
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every scalar class of the JDK that is carried, at its limits.
class ScalarTests {

  static Stream<Arguments> values() {
    return Stream.of(numbers(), texts(), times()).flatMap(each -> each);
  }

  private static Stream<Arguments> numbers() {
    return Stream.of(
        arguments(boolean.class, true),
        arguments(Boolean.class, false),
        arguments(byte.class, Byte.MIN_VALUE),
        arguments(Byte.class, Byte.MAX_VALUE),
        arguments(short.class, Short.MIN_VALUE),
        arguments(Short.class, Short.MAX_VALUE),
        arguments(char.class, '\uFFFF'),
        arguments(Character.class, 'x'),
        arguments(int.class, Integer.MIN_VALUE),
        arguments(Integer.class, Integer.MAX_VALUE),
        arguments(long.class, Long.MIN_VALUE),
        arguments(Long.class, Long.MAX_VALUE),
        arguments(float.class, -0f),
        arguments(Float.class, Float.NaN),
        arguments(double.class, Double.MIN_VALUE),
        arguments(Double.class, Double.NEGATIVE_INFINITY),
        arguments(BigInteger.class, BigInteger.ZERO),
        arguments(BigInteger.class, BigInteger.valueOf(-129)),
        arguments(BigInteger.class, BigInteger.valueOf(Long.MIN_VALUE)),
        arguments(BigInteger.class, BigInteger.valueOf(Long.MAX_VALUE).add(BigInteger.ONE)),
        arguments(BigInteger.class, BigInteger.TWO.pow(1000).negate()),
        arguments(BigDecimal.class, new BigDecimal("19.90")),
        arguments(BigDecimal.class, new BigDecimal("-0.000")),
        arguments(BigDecimal.class, new BigDecimal("1E+30")),
        arguments(BigDecimal.class, new BigDecimal("123456789012345678901234567890.5")));
  }

  private static Stream<Arguments> texts() {
    return Stream.of(
        arguments(String.class, "Grüße 🌍"),
        arguments(CharSequence.class, "text"),
        arguments(UUID.class, UUID.fromString("01234567-89ab-cdef-0123-456789abcdef")),
        arguments(URI.class, URI.create("https://example.org/a?b=c#d")),
        arguments(Locale.class, Locale.of("de", "CH")),
        arguments(Locale.class, Locale.ROOT),
        arguments(Currency.class, Currency.getInstance("EUR")),
        arguments(BitSet.class, BitSet.valueOf(new long[] {5, 0, 1})),
        arguments(DayOfWeek.class, DayOfWeek.SUNDAY),
        arguments(TimeUnit.class, TimeUnit.NANOSECONDS));
  }

  private static Stream<Arguments> times() {
    var dateTime = LocalDateTime.of(2026, 2, 28, 23, 59, 59, 999_999_999);
    return Stream.of(
        arguments(Instant.class, Instant.MIN),
        arguments(Instant.class, Instant.MAX),
        arguments(Instant.class, Instant.EPOCH.minusNanos(1)),
        arguments(Duration.class, Duration.ofNanos(-1)),
        arguments(Duration.class, Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)),
        arguments(Period.class, Period.of(1, -2, 40)),
        arguments(LocalDate.class, LocalDate.MIN),
        arguments(LocalDate.class, LocalDate.MAX),
        arguments(LocalTime.class, LocalTime.MIN),
        arguments(LocalTime.class, LocalTime.MAX),
        arguments(LocalDateTime.class, dateTime),
        arguments(OffsetDateTime.class, dateTime.atOffset(ZoneOffset.ofHoursMinutes(5, 45))),
        arguments(OffsetTime.class, OffsetTime.of(LocalTime.NOON, ZoneOffset.MIN)),
        arguments(ZonedDateTime.class, dateTime.atZone(ZoneId.of("Europe/Zurich"))),
        arguments(
            ZonedDateTime.class,
            ZonedDateTime.ofLocal(
                LocalDateTime.of(2025, 10, 26, 2, 30),
                ZoneId.of("Europe/Zurich"),
                ZoneOffset.ofHours(1))),
        arguments(Year.class, Year.of(-5)),
        arguments(YearMonth.class, YearMonth.of(2026, 12)),
        arguments(MonthDay.class, MonthDay.of(2, 29)),
        arguments(ZoneId.class, ZoneId.of("Asia/Tokyo")),
        arguments(ZoneId.class, ZoneOffset.UTC),
        arguments(ZoneOffset.class, ZoneOffset.MAX));
  }

  @ParameterizedTest
  @MethodSource("values")
  void valueComesBackAsItWas(Class<?> type, Object value) {
    assertThat(Bytes.roundTrip(type, value)).isEqualTo(value);
  }

  @ParameterizedTest
  @MethodSource("values")
  void nullComesBackForReferences(Class<?> type, Object value) {
    if (type.isPrimitive()) {
      assertThatExceptionOfType(UncarriableValueException.class)
          .isThrownBy(() -> Bytes.roundTrip(type, null))
          .withMessageContaining("is null");
    } else {
      var codec = Bytes.codec(type);

      assertThat(Bytes.write(codec, null)).containsExactly(0);
      assertThat(Bytes.read(codec, new byte[] {0})).isNull();
    }
  }

  @ParameterizedTest
  @MethodSource("values")
  void valueCanBeAnElementAndAField(Class<?> type, Object value) {
    var array = java.lang.reflect.Array.newInstance(type, 2);
    java.lang.reflect.Array.set(array, 1, value);

    assertThat(Bytes.roundTrip(array.getClass(), array)).isEqualTo(array);
  }

  @ParameterizedTest
  @MethodSource("values")
  void cutShortIsMalformed(Class<?> type, Object value) {
    var codec = Bytes.codec(type);
    var bytes = Bytes.write(codec, value);

    for (int length = 0; length < bytes.length; length++) {
      var input = new Input(bytes, 0, length);
      assertThatExceptionOfType(MalformedPayloadException.class)
          .isThrownBy(() -> codec.read(input));
    }
  }

  @Test
  @SuppressWarnings("JavaUtilDate") // users declare it
  void dateOfAnyClassComesBackAsDate() {
    var timestamp = java.sql.Timestamp.from(Instant.parse("2026-01-02T03:04:05.678Z"));

    assertThat(Bytes.roundTrip(java.util.Date.class, timestamp))
        .isEqualTo(new java.util.Date(timestamp.getTime()))
        .isExactlyInstanceOf(java.util.Date.class);
  }

  @Test
  void urlComesBack() throws Exception {
    var url = URI.create("https://example.org/a").toURL();

    var back = Bytes.roundTrip(java.net.URL.class, url);

    assertThat(back).hasToString("https://example.org/a").isInstanceOf(java.net.URL.class);
  }

  @Test
  void charSequenceComesBackAsString() {
    assertThat(Bytes.roundTrip(CharSequence.class, CharBuffer.wrap("built"))).isEqualTo("built");
  }

  @Test
  void localeWithoutLanguageTagIsRefused() {
    assertThatExceptionOfType(UncarriableValueException.class)
        .isThrownBy(() -> Bytes.roundTrip(Locale.class, Locale.of("no language")))
        .withMessageContaining("no language tag");
  }

  @Test
  void nothingTakesNoByte() {
    assertThat(Bytes.write(Bytes.codec(void.class), null)).isEmpty();
    assertThat(Bytes.roundTrip(Void.class, null)).isNull();
  }

  @Test
  void wrongClassIsRefusedWithBothNames() {
    assertThatExceptionOfType(UncarriableValueException.class)
        .isThrownBy(() -> Bytes.write(Bytes.codec(Instant.class), "text"))
        .withMessage("'Instant' is a java.lang.String, but Instant is declared");
  }

  @ParameterizedTest
  @MethodSource("outOfRange")
  void outOfRangeIsMalformed(Class<?> type, String hex, @Nullable String part) {
    assertThatExceptionOfType(MalformedPayloadException.class)
        .isThrownBy(() -> Bytes.read(Bytes.codec(type), Bytes.bytes(hex)))
        .withMessageContaining(part);
  }

  static Stream<Arguments> outOfRange() {
    return Stream.of(
        arguments(boolean.class, "02", "expected 0 or 1"),
        arguments(Integer.class, "02 00", "expected 0 or 1"),
        arguments(Instant.class, "01 00 80 94 eb dc 03", "nanoseconds"),
        arguments(Instant.class, "01 fe ff ff ff ff ff ff ff ff 01 00", "Instant"),
        arguments(LocalTime.class, "01 80 a3 05 00", "LocalTime"),
        arguments(MonthDay.class, "01 02 1e", "MonthDay"),
        arguments(YearMonth.class, "01 00 0d", "YearMonth"),
        arguments(ZoneOffset.class, "01 fe ff 0f", "ZoneOffset"),
        arguments(ZoneId.class, "05 4e 6f 70 65", "ZoneId"),
        arguments(Currency.class, "04 3f 3f 3f", "Currency"),
        arguments(URI.class, "02 20", "URI"),
        arguments(java.net.URL.class, "02 61", "URL"),
        arguments(BigInteger.class, "01 00", "a number of 0 bytes"),
        arguments(BigInteger.class, "01 ff ff ff ff 07 00", "2147483647 bytes"),
        arguments(BigDecimal.class, "01 00 ff ff ff ff 0f 00", "bytes"));
  }
}
