package dev.myelin.wire.codec;

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

/// Formats of `java.time`. Readers let the JDK's own exception say what is out of range.
final class Times {

  private static final int NANOS_PER_SECOND = 1_000_000_000;

  private Times() {}

  static void writeInstant(Output output, Instant value) {
    output.writeLong(value.getEpochSecond());
    output.writeUnsignedInt(value.getNano());
  }

  static Instant readInstant(Input input) {
    return Instant.ofEpochSecond(input.readLong(), readNanos(input));
  }

  static void writeDuration(Output output, Duration value) {
    output.writeLong(value.getSeconds());
    output.writeUnsignedInt(value.getNano());
  }

  static Duration readDuration(Input input) {
    return Duration.ofSeconds(input.readLong(), readNanos(input));
  }

  static void writePeriod(Output output, Period value) {
    output.writeInt(value.getYears());
    output.writeInt(value.getMonths());
    output.writeInt(value.getDays());
  }

  static Period readPeriod(Input input) {
    return Period.of(input.readInt(), input.readInt(), input.readInt());
  }

  static void writeDate(Output output, LocalDate value) {
    output.writeLong(value.toEpochDay());
  }

  static LocalDate readDate(Input input) {
    return LocalDate.ofEpochDay(input.readLong());
  }

  static void writeTime(Output output, LocalTime value) {
    long nanos = value.toNanoOfDay();
    output.writeUnsignedInt((int) (nanos / NANOS_PER_SECOND));
    output.writeUnsignedInt((int) (nanos % NANOS_PER_SECOND));
  }

  static LocalTime readTime(Input input) {
    long second = input.readUnsignedInt() & 0xffff_ffffL;
    return LocalTime.ofSecondOfDay(second).withNano(readNanos(input));
  }

  static void writeDateTime(Output output, LocalDateTime value) {
    writeDate(output, value.toLocalDate());
    writeTime(output, value.toLocalTime());
  }

  static LocalDateTime readDateTime(Input input) {
    return LocalDateTime.of(readDate(input), readTime(input));
  }

  static void writeOffset(Output output, ZoneOffset value) {
    output.writeInt(value.getTotalSeconds());
  }

  static ZoneOffset readOffset(Input input) {
    return ZoneOffset.ofTotalSeconds(input.readInt());
  }

  static void writeOffsetDateTime(Output output, OffsetDateTime value) {
    writeDateTime(output, value.toLocalDateTime());
    writeOffset(output, value.getOffset());
  }

  static OffsetDateTime readOffsetDateTime(Input input) {
    return OffsetDateTime.of(readDateTime(input), readOffset(input));
  }

  static void writeOffsetTime(Output output, OffsetTime value) {
    writeTime(output, value.toLocalTime());
    writeOffset(output, value.getOffset());
  }

  static OffsetTime readOffsetTime(Input input) {
    return OffsetTime.of(readTime(input), readOffset(input));
  }

  static void writeZonedDateTime(Output output, ZonedDateTime value) {
    writeDateTime(output, value.toLocalDateTime());
    writeOffset(output, value.getOffset());
    output.writeString(value.getZone().getId());
  }

  /// Keeps the instant where the two sides' rules of the zone differ.
  static ZonedDateTime readZonedDateTime(Input input) {
    var dateTime = readDateTime(input);
    var offset = readOffset(input);
    var zone = input.readString();
    if (zone == null) {
      throw input.malformed("a time has no zone");
    }
    return ZonedDateTime.ofInstant(dateTime, offset, ZoneId.of(zone));
  }

  static void writeYear(Output output, Year value) {
    output.writeInt(value.getValue());
  }

  static Year readYear(Input input) {
    return Year.of(input.readInt());
  }

  static void writeYearMonth(Output output, YearMonth value) {
    output.writeInt(value.getYear());
    output.writeByte(value.getMonthValue());
  }

  static YearMonth readYearMonth(Input input) {
    return YearMonth.of(input.readInt(), input.readByte());
  }

  static void writeMonthDay(Output output, MonthDay value) {
    output.writeByte(value.getMonthValue());
    output.writeByte(value.getDayOfMonth());
  }

  static MonthDay readMonthDay(Input input) {
    return MonthDay.of(input.readByte(), input.readByte());
  }

  private static int readNanos(Input input) {
    int nanos = input.readUnsignedInt();
    if (nanos < 0 || nanos >= NANOS_PER_SECOND) {
      throw input.malformed("more nanoseconds than a second has");
    }
    return nanos;
  }
}
